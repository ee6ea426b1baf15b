"""An assessment as lines for a terminal, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby

from overread.clinical.assessment import Assessment, to_plain
from overread.clinical.indication import EMERGENCIES, MODIFIER_QUESTIONS, TRIGGERS, TUMOURS, Indication, Rate
from overread.clinical.knowledge import Source
from overread.clinical.record import Fact
from overread.clinical.workup import WorkUp

from .assessing import Found


def as_json(found: Found) -> str:
    """A list of assessments, and what was not read."""
    content = {"assessments": to_plain(found.assessments), "refused": list(found.refused)}
    return json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False)


def tables() -> dict[str, dict[str, str]]:
    """By the title of each list: every key that an option takes, with what it means."""
    return {
        "Situations": {key: trigger.question for key, trigger in TRIGGERS.items()} | MODIFIER_QUESTIONS,
        "Emergencies": {key: emergency.name for key, emergency in EMERGENCIES.items()},
        "Cancers": {key: tumour.label for key, tumour in TUMOURS.items()},
    }


def keys() -> list[str]:
    """Every key, with what it means."""
    return [
        line
        for title, table in tables().items()
        for line in _section(title, (f"{key}: {meaning}" for key, meaning in table.items()))
    ]


def lines(found: Found) -> list[str]:
    return [line for assessment in found.assessments for line in _person(assessment)]


def _person(found: Assessment) -> Iterator[str]:
    recorded = bool(found.timeline.events or found.timeline.undated or found.workup.documents)
    yield f"=== {found.subject.label if recorded else 'Your answers'}, on {found.as_of} ==="
    yield from _indication(found.indication)
    if recorded:
        yield from _record(found)
    yield ""


def _record(found: Assessment) -> Iterator[str]:
    yield from _section("Stage", [found.stage.sentence])
    yield from _workup(found.workup)
    yield from _section(
        "To be heard", (f"{need.specialty} ({need.modality}). {need.sentence}" for need in found.specialties)
    )
    yield from _section("Growth", (f"{lesion.lesion}: {lesion.growth.sentence}" for lesion in found.growth.lesions))
    yield from _section("Limitations", [found.workup.limitations])


def _indication(found: Indication) -> Iterator[str]:
    yield found.sentence
    yield from _section("Emergencies", (f"{e.name}. {e.sentence}{_cited(e.sources)}" for e in found.emergencies))
    yield from _section(
        "Why", (f"{why.label}. {why.sentence}{_because(why.facts)}{_cited(why.sources)}" for why in found.why)
    )
    yield from _section("Which kind", (f"{kind.name}. {kind.sentence} {kind.scope}" for kind in found.kinds))
    times = (f.sentence + _cited([f.source] if f.source else []) for f in found.timing.findings)
    yield from _section("Is there time", [found.timing.sentence, *times])
    rates = (*map(_rate, found.expected_yield.figures), *(m.sentence for m in found.modifiers))
    yield from _section("How often a review changed something", [found.expected_yield.sentence, *rates])
    yield from _section("Cost", (c.sentence + _cited([c.source] if c.source else []) for c in found.cost))
    yield from _section("Not understood", found.not_understood)


def _rate(rate: Rate) -> str:
    return f"{rate.sentence} Counted: {rate.definition}.{_cited([rate.source])}"


def _workup(work: WorkUp) -> Iterator[str]:
    gaps = sorted(work.missing, key=lambda m: m.who)
    for who, entries in groupby(gaps, key=lambda m: m.who):
        owed = (f"{m.label}{f' ({m.condition})' if m.condition else ''} [{m.source}]" for m in entries)
        yield from _section(f"Missing, from {who}", owed)
    yield from _section("Possibly out of date", (f"{s.label}: {s.why}" for s in work.stale))
    yield from _section(
        "Contradictory", (_misfit(c.sentence, c.definition) for c in work.contradictory if not c.to_explain)
    )
    yield from _section(
        "To be explained", (_misfit(c.sentence, c.definition) for c in work.contradictory if c.to_explain)
    )
    yield from _section(
        "Documents", (f"{d.title}: {d.quality}{': ' * bool(d.reasons)}{'; '.join(d.reasons)}" for d in work.documents)
    )
    yield from _section("Questions to ask", (f"{q.text} (to: {q.to})" for q in work.questions))


def _misfit(sentence: str, definition: str) -> str:
    return f"{sentence} [{definition}]"


def _because(facts: Iterable[Fact]) -> str:
    told = list(dict.fromkeys(f"{fact.spec.label}: {fact.text[:80]}" for fact in facts))
    return f" In the record: {'; '.join(told[:4])}." if told else ""


def _cited(sources: Iterable[Source]) -> str:
    titles = "; ".join(source.title for source in sources)
    return f" [{titles}]" if titles else ""


def _section(title: str, entries: Iterable[str]) -> Iterator[str]:
    """Nothing where there is nothing to say."""
    told = list(entries)
    if told:
        yield f"\n{title}"
        yield from (f"  - {entry}" for entry in told)
