"""Bytes to FHIR resources: every check that comes before anything is understood."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .elements import Node, items, string
from .errors import ClinicalDocument, EmptyInput, NotFhir, NotJson, TooDeep, TooLarge, Truncated, XmlFhir

MAX_BYTES = 100 * 1024 * 1024
MAX_DEPTH = 100
MAX_NESTED_BUNDLES = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """One resource, the address it was sent under, and the name by which remarks speak of it."""

    resource: Node
    full_url: str | None
    label: str
    deleted: bool = False

    @property
    def type(self) -> str:
        return string(self.resource, "resourceType") or "resource"


def load(data: bytes) -> tuple[Entry, ...]:
    """The resources in a Bundle, a Parameters answer or a single resource. Raises FhirError."""
    if len(data) > MAX_BYTES:
        raise TooLarge(f"The file has {len(data):,} bytes; a bundle may have {MAX_BYTES:,}.")
    root = _json(data)
    if not isinstance(root, dict):
        raise NotFhir("The file is JSON, but a list or a single value, not a FHIR resource.")
    kind = root.get("resourceType")
    if not isinstance(kind, str) or not re.fullmatch(r"[A-Z][A-Za-z]{1,63}", kind):
        raise NotFhir("The file is JSON, but names no FHIR 'resourceType'.")
    if kind == "Bundle" and not isinstance(root.get("entry", []), list):
        raise NotFhir("The file is a Bundle whose 'entry' is not a list.")
    return tuple(_entries(root, None, "", 0))


def _json(data: bytes) -> Any:
    if not data.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise EmptyInput("The file is empty.")
    _refuse_xml(data)
    try:
        root = json.loads(data.decode("utf-8-sig") if not _wide(data) else data, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise _json_error(data, error) from None
    except RecursionError:
        raise TooDeep("The file nests elements too deeply to be a record.") from None
    except ValueError as error:  # not text, a number of thousands of digits, NaN
        raise NotJson(f"The file is not JSON text ({str(error)[:80]}).") from None
    _refuse_depth(root)
    return root


def _wide(data: bytes) -> bool:
    return data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in data[:4]


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a JSON number")


def _refuse_xml(data: bytes) -> None:
    head = data[:4000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not head.startswith(b"<"):
        return
    if b"hl7.org/fhir" in head:
        raise XmlFhir("The file is FHIR in XML; Overread reads FHIR in JSON.")
    if b"ClinicalDocument" in head:
        raise ClinicalDocument("The file is a C-CDA document, not a FHIR bundle.")
    raise NotJson("The file is XML or HTML, not FHIR in JSON.")


def _json_error(data: bytes, error: json.JSONDecodeError) -> NotJson:
    if error.pos >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated string"):
        return Truncated(f"The JSON stops in the middle, after {len(data):,} bytes.")
    if error.msg == "Extra data" and error.doc[error.pos :].lstrip().startswith("{"):
        return NotJson("The file holds several JSON objects one after another (NDJSON), not one Bundle.")
    return NotJson(f"The file is not JSON: {error.msg.lower()} in line {error.lineno}, column {error.colno}.")


def _refuse_depth(root: Any) -> None:
    """Walks level by level, so that depth costs no recursion."""
    level = [root]
    for _ in range(MAX_DEPTH):
        level = [child for node in level for child in _children(node)]
        if not level:
            return
    raise TooDeep(f"The file nests elements more than {MAX_DEPTH} deep.")


def _children(node: Any) -> list[Any]:
    found = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    return [child for child in found if isinstance(child, dict | list)]


def _entries(resource: Node, full_url: str | None, place: str, depth: int, deleted: bool = False) -> Iterator[Entry]:
    kind, ident = string(resource, "resourceType") or "resource", string(resource, "id")
    inner = {"Bundle": "entry", "Parameters": "parameter"}.get(kind)
    if inner is None or depth > MAX_NESTED_BUNDLES:
        label = f"{kind}/{ident}" if ident else f"{kind} ({place or 'alone'})"
        yield Entry(resource, full_url, label, deleted)
        return
    raw = resource.get(inner)
    for number, wrapper in enumerate(raw if isinstance(raw, list) else []):
        where = f"{place}entry {number + 1}"
        wrapper = wrapper if isinstance(wrapper, dict) else {}
        content = wrapper.get("resource")
        gone = any(string(r, "method") == "DELETE" for r in items(wrapper, "request"))
        body = content if isinstance(content, dict) else {}
        yield from _entries(body, string(wrapper, "fullUrl"), where, depth + 1, gone)
