"""ClinicalTrials.gov records (version 2 JSON, or the legacy XML) -> trials."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from overread.clinical.trials import Contact, Location, Trial, split_criteria

from .errors import NotJson, NotThisKind, Truncated
from .streams import RECORD_LIMIT, Source, parsed, whole, words

_NCT = re.compile(r"NCT\d{8}")
_STATUS = re.compile(r"[^A-Za-z]+")


def trials(source: Source, *, limit: int = RECORD_LIMIT) -> Iterator[Trial]:
    """Every trial of a file (.json, .json.gz, .xml, .xml.gz; a path, bytes, or an open binary file).

    JSON holds one study, a list of them, or an API page (``{"studies": [...]}``). Raises a ``PublicDataError``.
    """
    data = whole(source, limit).lstrip(b"\xef\xbb\xbf \t\r\n")
    if data[:1] == b"<":
        yield _from_xml(parsed(data))
    else:
        yield from map(_from_json, _studies(data))


def _studies(data: bytes) -> list[Any]:
    try:
        content = json.loads(data)
    except json.JSONDecodeError as error:
        # A document that begins as JSON and breaks only at its very end was cut off.
        cut = data[:1] in b"{[" and error.pos >= len(error.doc.rstrip()) - 1
        raise (Truncated() if cut or error.msg.startswith("Unterminated") else NotJson()) from error
    except (UnicodeDecodeError, RecursionError) as error:
        raise NotJson from error
    if isinstance(content, dict):
        content = content.get("studies", [content])
    if not isinstance(content, list):
        raise NotThisKind("trials", f"a {type(content).__name__}")
    return content


def _from_json(study: Any) -> Trial:
    section = _at(study, "protocolSection")
    nct = _at(section, "identificationModule", "nctId")
    if not isinstance(nct, str) or not _NCT.fullmatch(nct):
        raise NotThisKind("a ClinicalTrials.gov study", "a record without an NCT number")
    rules = _at(section, "eligibilityModule")
    text = _text(_at(rules, "eligibilityCriteria")) or ""
    contacts = _at(section, "contactsLocationsModule")
    healthy = _at(rules, "healthyVolunteers")
    return Trial(
        nct=nct,
        title=_text(_at(section, "identificationModule", "briefTitle")) or nct,
        status=_text(_at(section, "statusModule", "overallStatus")),
        phases=_texts(_at(section, "designModule", "phases")),
        conditions=_texts(_at(section, "conditionsModule", "conditions")),
        interventions=_texts([_at(i, "name") for i in _list(_at(section, "armsInterventionsModule", "interventions"))]),
        eligibility=text,
        criteria=split_criteria(text),
        minimum_age=_text(_at(rules, "minimumAge")),
        maximum_age=_text(_at(rules, "maximumAge")),
        sex=(_text(_at(rules, "sex")) or "").lower() or None,
        healthy_volunteers=healthy if isinstance(healthy, bool) else None,
        locations=tuple(_location(place) for place in _list(_at(contacts, "locations"))),
        contacts=tuple(_contact(c) for c in _list(_at(contacts, "centralContacts"))),
        updated=_text(_at(section, "statusModule", "lastUpdatePostDateStruct", "date")),
    )


def _location(place: Any) -> Location:
    return Location(
        facility=_text(_at(place, "facility")),
        city=_text(_at(place, "city")),
        state=_text(_at(place, "state")),
        country=_text(_at(place, "country")),
        postcode=_text(_at(place, "zip")),
        status=_text(_at(place, "status")),
        latitude=_number(_at(place, "geoPoint", "lat")),
        longitude=_number(_at(place, "geoPoint", "lon")),
        contacts=tuple(_contact(c) for c in _list(_at(place, "contacts"))),
    )


def _contact(contact: Any) -> Contact:
    return Contact(_text(_at(contact, "name")), _text(_at(contact, "phone")), _text(_at(contact, "email")))


def _at(content: Any, *path: str) -> Any:
    for key in path:
        content = content.get(key) if isinstance(content, dict) else None
    return content


def _list(content: Any) -> list[Any]:
    return content if isinstance(content, list) else []


def _text(content: Any) -> str | None:
    return content.strip() or None if isinstance(content, str) else None


def _texts(content: Any) -> tuple[str, ...]:
    return tuple(text for item in _list(content) if (text := _text(item)))


def _number(content: Any) -> float | None:
    return float(content) if isinstance(content, int | float) and not isinstance(content, bool) else None


def _from_xml(root: Any) -> Trial:
    if root.tag != "clinical_study":
        raise NotThisKind("a ClinicalTrials.gov study", f"<{str(root.tag)[:60]}>")
    nct = words(root, "id_info/nct_id")
    if not _NCT.fullmatch(nct):
        raise NotThisKind("a ClinicalTrials.gov study", "a record without an NCT number")
    text = _criteria_text(root)
    return Trial(
        nct=nct,
        title=words(root, "brief_title") or nct,
        status=_code(words(root, "overall_status")),
        phases=tuple(_code(p) or "" for p in re.split("/", words(root, "phase")) if p and p != "N/A"),
        conditions=_every(root, "condition"),
        interventions=_every(root, "intervention/intervention_name"),
        eligibility=text,
        criteria=split_criteria(text),
        minimum_age=_limit(words(root, "eligibility/minimum_age")),
        maximum_age=_limit(words(root, "eligibility/maximum_age")),
        sex=words(root, "eligibility/gender").lower() or None,
        healthy_volunteers={"No": False, "Accepts Healthy Volunteers": True}.get(
            words(root, "eligibility/healthy_volunteers")
        ),
        locations=tuple(_xml_location(place) for place in root.iterfind("location")),
        contacts=tuple(_xml_contact(c) for c in root.iterfind("overall_contact")),
        updated=words(root, "last_update_posted") or None,
    )


def _criteria_text(root: Any) -> str:
    """The legacy form wraps and indents; the lines are kept, the indent is not."""
    found = root.find("eligibility/criteria/textblock")
    lines = (found.text or "").splitlines() if found is not None else []
    return "\n".join(line.strip() for line in lines).strip()


def _every(root: Any, path: str) -> tuple[str, ...]:
    return tuple(text for found in root.iterfind(path) if (text := words(found)))


def _code(text: str) -> str | None:
    """The legacy words as version 2 writes them: ``Active, not recruiting`` -> ``ACTIVE_NOT_RECRUITING``, ``Phase 3`` -> ``PHASE3``."""
    code = _STATUS.sub("_", text).strip("_").upper()
    return code + "".join(re.findall(r"\d", text)) or None


def _limit(text: str) -> str | None:
    return None if text in ("", "N/A") else text


def _xml_location(place: Any) -> Location:
    facility, address = "facility/name", "facility/address/"
    return Location(
        facility=words(place, facility) or None,
        city=words(place, address + "city") or None,
        state=words(place, address + "state") or None,
        country=words(place, address + "country") or None,
        postcode=words(place, address + "zip") or None,
        status=_code(words(place, "status")),
        contacts=tuple(_xml_contact(c) for c in place.iterfind("contact")),
    )


def _xml_contact(contact: Any) -> Contact:
    name = " ".join(filter(None, (words(contact, part) for part in ("first_name", "last_name"))))
    return Contact(name or None, words(contact, "phone") or None, words(contact, "email") or None)
