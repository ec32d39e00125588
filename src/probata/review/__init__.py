"""The web application: a team reads, verifies and publishes what a casebook holds. Started by `probata serve`.

`pages` answers browsers and `api` programs; both ask `work`, which knows nothing of either and sees the casebook
through a person's `Sight`. Claims, decisions and findings are written by `probata.store` alone; `models` holds people's
own work.
"""

import os

import django
from django.apps import apps

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "probata.review.settings")
# Django imports this package while it sets itself up: then there is nothing left to do.
if not (apps.ready or apps.loading):
    django.setup()
