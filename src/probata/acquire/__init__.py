"""Acquiring: files, folders and standard input into reports, with their origin, anchors, language and gaps."""

from probata.acquire.options import Options
from probata.acquire.reports import report_of_text, reports

__all__ = ["Options", "report_of_text", "reports"]
