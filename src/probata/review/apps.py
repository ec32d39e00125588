"""The application as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class Review(AppConfig):
    """People and their work, beside the tables of the casebook."""

    name = "probata.review"
    label = "review"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to what happens to accounts."""
        from probata.review import signins

        signins.listen()
