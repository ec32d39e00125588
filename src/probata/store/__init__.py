"""The casebook: the only place that knows the database. Importing this package makes Django's models usable.

A program with settings of its own (the web application) has set DJANGO_SETTINGS_MODULE before; it is left as it is.
"""

import os

import django
from django.apps import apps

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "probata.store.settings")
# Django imports this package while it sets itself up: then there is nothing left to do.
if not (apps.ready or apps.loading):
    django.setup()
