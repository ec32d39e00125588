"""People and their own work: tables beside those of the casebook, and never evidence.

They name reports, claims and incidents by their ids, so that the casebook knows nothing of them.
"""

from probata.review.models.events import Event, Invitation, Rule
from probata.review.models.jobs import Job
from probata.review.models.looks import Look
from probata.review.models.people import Person, Restriction, Team
from probata.review.models.publishing import Publication
from probata.review.models.searches import SavedSearch
from probata.review.models.suggestions import Suggestion
from probata.review.models.talk import Comment, Notice, Task
from probata.review.models.tokens import Token

__all__ = [
    "Comment",
    "Event",
    "Invitation",
    "Job",
    "Look",
    "Notice",
    "Person",
    "Publication",
    "Restriction",
    "Rule",
    "SavedSearch",
    "Suggestion",
    "Task",
    "Team",
    "Token",
]
