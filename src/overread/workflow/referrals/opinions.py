"""Opinions to JSON and back, without loss, and checked before they are kept. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from overread.clinical import record as r

from ..errors import Invalid
from ..facts.rows import fact_from_json, fact_to_json


def to_json(opinion: r.Opinion) -> dict[str, Any]:
    return {
        "author": opinion.author,
        "specialty": opinion.specialty,
        "facts": [fact_to_json(f) for f in opinion.facts],
        "options": [_option_to_json(o) for o in opinion.options],
        "answers": [{"question": a.question, "answer": a.answer} for a in opinion.answers],
        "further_tests": list(opinion.further_tests),
        "addressed": sorted(str(d) for d in opinion.addressed),
        "comment": opinion.comment,
    }


def from_json(data: Mapping[str, Any]) -> r.Opinion:
    """Raises KeyError, ValueError or TypeError when the content is not an opinion's."""
    return r.Opinion(
        author=data["author"],
        specialty=data["specialty"],
        facts=tuple(fact_from_json(f) for f in data.get("facts", ())),
        options=tuple(_option_from_json(o) for o in data.get("options", ())),
        answers=tuple(r.Answer(a["question"], a["answer"]) for a in data.get("answers", ())),
        further_tests=tuple(data.get("further_tests", ())),
        addressed=frozenset(r.Domain(d) for d in data.get("addressed", ())),
        comment=data.get("comment", ""),
    )


def checked(data: Mapping[str, Any]) -> dict[str, Any]:
    """The content in its one canonical form; Invalid when it is not an opinion."""
    try:
        return to_json(from_json(data))
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise Invalid(f"The opinion cannot be read: {error}.", "Check the fields of the form.") from error


def digest(content: Mapping[str, Any]) -> str:
    """SHA-256, in hexadecimal, over the canonical JSON of an opinion or a report."""
    body = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(body.encode()).hexdigest()


def _option_to_json(option: r.TreatmentOption) -> dict[str, Any]:
    return {
        "name": option.name,
        "modality": str(option.modality),
        "intent": str(option.intent) if option.intent else None,
        "benefits": option.benefits,
        "harms": option.harms,
        "recommended": option.recommended,
    }


def _option_from_json(data: Mapping[str, Any]) -> r.TreatmentOption:
    return r.TreatmentOption(
        name=data["name"],
        modality=r.Modality(data["modality"]),
        intent=r.Intent(data["intent"]) if data.get("intent") else None,
        benefits=data.get("benefits", ""),
        harms=data.get("harms", ""),
        recommended=bool(data.get("recommended", False)),
    )
