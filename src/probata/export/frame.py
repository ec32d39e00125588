"""The frame of every self-contained page: it needs no script and loads nothing, and its policy forbids both."""

from __future__ import annotations

import base64
import hashlib

from probata import __version__


def framed(title: str, style: str, skip: str, body: str) -> str:
    """A whole page; `title` is escaped already, `skip` names what the first link leads past everything else to."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f'<meta name="generator" content="probata {__version__}">\n'
        f"<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f'<a class="skip" href="#main">Skip to the {skip}</a>\n{body}</body>\n</html>\n'
    )
