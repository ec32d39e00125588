"""Django's settings for a program without a web application: our tables, no database until a casebook is opened."""

INSTALLED_APPS = ["probata.store"]
DATABASES: dict[str, dict[str, object]] = {}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
