"""What the build made is asked for by its content, so that browsers may keep it."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static

from overread.web.static_files import DIGITS

FAVICON = "favicon.svg"


def test_the_address_carries_a_digest_of_the_bytes() -> None:
    path = finders.find(FAVICON)
    assert path is not None
    digest = hashlib.sha256(Path(path).read_bytes()).hexdigest()[:DIGITS]
    assert static(FAVICON) == f"/static/{FAVICON}?v={digest}"


def test_a_file_that_is_not_there_has_a_plain_address() -> None:
    assert static("no/such.css") == "/static/no/such.css"


def test_the_fonts_are_asked_for_as_the_page_preloads_them() -> None:
    sheet = finders.find("build/app.css")
    if sheet is None:
        pytest.skip("the style sheet has not been built")
    named = re.findall(r"url\((fonts/[\w.-]+)(\?v=\w+)\)", Path(sheet).read_text())
    assert len(named) >= 5
    assert [font for font, version in named if static(f"build/{font}") != f"/static/build/{font}{version}"] == []


def test_only_what_is_asked_for_by_content_is_kept_for_ever() -> None:
    kept = re.compile(django_settings.WHITENOISE_IMMUTABLE_FILE_TEST)
    assert kept.match("/static/build/app.css") and not kept.match(f"/static/{FAVICON}")
