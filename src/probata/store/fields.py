"""A column of JSON that comes back letter for letter on every database: keys keep their order, as hashes need."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    Text = models.TextField[Any, Any]
else:
    Text = models.TextField


class Json(Text):
    """Any value of JSON, kept as text."""

    _pyi_private_set_type: Any  # what type checkers take for the values given and read
    _pyi_private_get_type: Any

    def get_prep_value(self, value: Any) -> str | None:
        """The value as the database keeps it."""
        return None if value is None else json.dumps(value, ensure_ascii=False)

    def from_db_value(self, value: str | None, *_: object) -> Any:
        """The value as it was given; what is no JSON any more comes as it is, and `probata verify` names its row."""
        try:
            return None if value is None else json.loads(value)
        except ValueError:
            return value
