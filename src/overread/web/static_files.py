"""Addresses of style sheets, scripts, fonts and icons that change with their content, so that browsers keep them."""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage

DIGITS = 10  # as frontend/build.mjs writes into the style sheet for the fonts


class NamedByContent(StaticFilesStorage):
    """``build/app.css`` is served at ``/static/build/app.css?v=<digest of its bytes>``."""

    def url(self, name: str | None) -> str:
        return super().url(name) + _version(name or "")


@functools.cache
def _version(name: str) -> str:
    found = finders.find(name)
    return f"?v={hashlib.sha256(Path(found).read_bytes()).hexdigest()[:DIGITS]}" if found else ""
