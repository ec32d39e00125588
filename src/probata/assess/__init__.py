"""What the claims of one incident agree and differ on: sources, ranges, views, accused, grades, law. Pure functions."""

from probata.assess.assessing import assess
from probata.assess.evidence import About, Evidence

__all__ = ["About", "Evidence", "assess"]
