"""Every page that a person can reach by links from their own cases, found with the test's client."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.test import Client

from overread.workflow.accounts.models import Person

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
LINK = re.compile(r'<a\s[^>]*href="(/[^"#?]*)', re.S)
KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
# Files and the radiology viewer (OHIF's own page) are no pages of ours; what everybody may read, test_every_page reads.
NOT_PAGES = re.compile(r"\.(pdf|json|svg|png)$|/files/|/images/|^/(accounts|ask|symptoms|about|reference|demo)/")
START = ("/cases/", "/start/")


def pages_of(person: Person) -> list[str]:
    """The paths in the order in which a reader finds them."""
    client = Client()
    client.force_login(person, backend=BACKEND)
    found: dict[str, None] = {}
    waiting = list(START)
    while waiting:
        path = waiting.pop(0)
        if path in found:
            continue
        answer = client.get(path)
        if answer.status_code != 200 or not answer.headers["Content-Type"].startswith("text/html"):
            assert answer.status_code < 500, (person.name, path)
            continue
        found[path] = None
        waiting += links(answer.content.decode())
    return list(found)


def links(page: str) -> Iterator[str]:
    return (path for path in dict.fromkeys(LINK.findall(page)) if path != "/" and not NOT_PAGES.search(path))


def template_of(path: str) -> str:
    """The address without its keys: pages that differ only in them are laid out alike."""
    return KEY.sub("…", path)
