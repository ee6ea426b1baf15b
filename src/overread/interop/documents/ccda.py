"""C-CDA documents, read thinly: the narrative of each section as text, and whom the document is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from overread.clinical.record import Subject
from overread.clinical.record.facts import is_iso_date

from .errors import Damaged, NotADocument

_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_BREAKS = frozenset({"paragraph", "tr", "br", "item", "list", "table", "caption", "title", "thead", "tbody"})
_CELLS = frozenset({"td", "th"})


def read_ccda(data: bytes, document: str) -> tuple[str, Subject]:
    """The narrative text and the patient. Raises Damaged or NotADocument."""
    root = _parsed(data)
    if _local(root) != "ClinicalDocument":
        raise NotADocument("The file is XML, but not a C-CDA document.")
    blocks = [_squeezed(_title(root)), *(_section(s) for s in root.iter() if _local(s) == "section")]
    return "\n\n".join(b for b in blocks if b), _subject(root, document)


def _parsed(data: bytes) -> Element:
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except DefusedXmlException:
        raise NotADocument("The XML declares entities or a document type, which is unsafe.") from None
    except (ParseError, ValueError, LookupError):
        raise Damaged("The C-CDA document is cut off or broken XML.") from None
    return root


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _title(root: Element) -> str:
    return next(("".join(e.itertext()) for e in root if _local(e) == "title"), "")


def _section(section: Element) -> str:
    """The section's title and narrative. Sections inside it come on their own."""
    title = next((_squeezed("".join(e.itertext())) for e in section if _local(e) == "title"), "")
    body = next((_narrative(e) for e in section if _local(e) == "text"), "")
    return f"{title.upper()}\n{body}".strip() if body else ""


def _narrative(text: Element) -> str:
    lines = (_squeezed(line) for line in "".join(_pieces(text)).split("\n"))
    return "\n".join(line.strip(" |") for line in lines if line.strip(" |"))


def _pieces(root: Element) -> Iterator[str]:
    """Text in order, with line ends and cell marks; by a stack, so that depth costs no recursion."""
    stack: list[Element | str] = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            yield node
            continue
        name = _local(node)
        close = "\n" if name in _BREAKS else " | " if name in _CELLS else ""
        yield ("\n" if name in _BREAKS else "") + _SPACE.sub(" ", node.text or "")
        stack.append(close)
        for child in reversed(node):
            stack += [_SPACE.sub(" ", child.tail or ""), child]


def _squeezed(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


def _all(root: Element, *path: str) -> list[Element]:
    found = [root]
    for name in path:
        found = [child for parent in found for child in parent if _local(child) == name]
    return found


def _subject(root: Element, document: str) -> Subject:
    roles = _all(root, "recordTarget", "patientRole")
    people = [p for role in roles for p in _all(role, "patient")]
    names = [_name(n) for p in people for n in _all(p, "name")]
    births = [e.get("value", "") for p in people for e in _all(p, "birthTime")]
    sexes = [e.get("code", "") for p in people for e in _all(p, "administrativeGenderCode")]
    return Subject(
        key=f"ccda:{document[:16]}",
        name=next((n for n in names if n), None),
        birth_date=next((d for d in map(_date, births) if d), None),
        sex={"F": "female", "M": "male", "UN": "other"}.get(next(iter(sexes), "")),
        identifiers=frozenset(t for role in roles for e in _all(role, "id") if (t := _identifier(e))),
    )


def _name(name: Element) -> str:
    parts = [_squeezed("".join(e.itertext())) for kind in ("given", "family") for e in _all(name, kind)]
    return " ".join(p for p in parts if p) or _squeezed("".join(name.itertext()))


def _date(stamp: str) -> str | None:
    parts = [stamp[:4], stamp[4:6], stamp[6:8]]
    text = "-".join(p for p in parts if p)
    return text if stamp[:8].isdigit() and is_iso_date(text) else None


def _identifier(node: Element) -> str | None:
    root, extension = node.get("root"), node.get("extension")
    return f"urn:oid:{root}|{extension}" if root and extension else None
