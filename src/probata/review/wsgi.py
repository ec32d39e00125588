"""The application for a WSGI server of one's own; the casebook is that of PROBATA_HOME."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "probata.review.settings")

from django.core.wsgi import get_wsgi_application
from django.db import connections

from probata.review.behind import BEHIND, believing
from probata.review.serving import address, prepare
from probata.review.warming import warm
from probata.store.opening import open_casebook

prepare(open_casebook())
application = believing(get_wsgi_application(), os.environ.get(BEHIND, ""), address())
warm()  # before the first request: a server that loads it first and forks then warms up once for all
connections.close_all()  # no process that is forked may share one
