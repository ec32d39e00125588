"""The application for a WSGI server of one's own; the casebook is that of PROBATA_HOME."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "probata.review.settings")

from django.core.wsgi import get_wsgi_application

from probata.review.serving import prepare
from probata.store.opening import open_casebook

prepare(open_casebook())
application = get_wsgi_application()
