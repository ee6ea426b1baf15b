"""Finds the resource that a reference means: contained, by address, by type and id, or by identifier."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import parse_qs

from .elements import Node, first, items, string
from .load import Entry

_TAIL = re.compile(r"(?:.*/)?([A-Z][A-Za-z]+/[^/?#]+)$")


class Index:
    """Every way in which the resources of one bundle can be named."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._by_name: dict[str, Entry | None] = {}
        for entry in entries:
            for name in _names(entry):
                known = self._by_name.get(name, entry)
                # Two different resources under one name: the name means neither.
                self._by_name[name] = entry if known and known.resource == entry.resource else None

    def find(self, reference: Node, holder: Node) -> Node | None:
        """The resource that the reference, which stands in ``holder``, means; None when it is not in the bundle."""
        target = string(reference, "reference") or ""
        if target.startswith("#"):
            return next((c for c in items(holder, "contained") if string(c, "id") == target[1:]), None)
        entry = self.entry(reference)
        return entry.resource if entry else None

    def entry(self, reference: Node) -> Entry | None:
        for name in _asked(reference):
            if (found := self._by_name.get(name)) and not _elsewhere(name, reference, found):
                return found
        return None


def target_of(reference: Node) -> str | None:
    """How the reference itself names what it means, for remarks and keys."""
    token = _token(first(reference, "identifier"))
    return string(reference, "reference") or token or string(reference, "display")


def _elsewhere(name: str, reference: Node, found: Entry) -> bool:
    """A whole address on one server never means a resource that was sent with another server's address."""
    target, address = string(reference, "reference") or "", found.full_url or ""
    return (
        "://" in target
        and "?" not in target
        and name != target
        and address.startswith("http")
        and not target.startswith(address)
    )


def _names(entry: Entry) -> Iterable[str]:
    ident = string(entry.resource, "id")
    if entry.full_url:
        yield entry.full_url
    if ident:
        yield f"{entry.type}/{ident}"
        yield ident
    for identifier in items(entry.resource, "identifier"):
        if token := _token(identifier):
            yield f"{entry.type}?{token}"


def _asked(reference: Node) -> Iterable[str]:
    target = (string(reference, "reference") or "").split("/_history/")[0]
    if target:
        yield target
    if tail := _TAIL.match(target):
        yield tail[1]
    if target.startswith("urn:uuid:"):
        yield target.removeprefix("urn:uuid:")
    elif target and "/" not in target:
        yield f"urn:uuid:{target}"
    if "?" in target:
        kind, _, query = target.partition("?")
        yield from (f"{kind}?{token}" for token in parse_qs(query).get("identifier", []))
    kind_named, token = string(reference, "type"), _token(first(reference, "identifier"))
    if token:
        yield f"{kind_named or 'Patient'}?{token}"


def _token(identifier: Node) -> str | None:
    value = string(identifier, "value")
    return f"{string(identifier, 'system') or ''}|{value}" if value else None
