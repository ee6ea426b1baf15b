"""What one opinion said of one thing: each value once, of two that contain one another the more specific, doubts beside it."""

from __future__ import annotations

from collections.abc import Iterable

from ..record import Fact, Opinion, Provenance
from .readings import behaviour, plain, words

# Fields whose values name one thing, so that "soft tissue of left thigh" says all that "soft tissue" says. Two findings
# of an image may be two things however alike their names are.
_NAMING = frozenset({"cancer", "site", "histology"})
# With one of these a longer name does not say more but something else.
_TURNING = frozenset(
    {"no", "not", "without", "negative", "absent", "possible", "possibly", "probable", "probably", "favor", "favour"}
    | {"or", "versus", "vs", "rather", "than"}
)
_NEAR = 12  # characters between a word of doubt and the name that it stands before: "suspicious for an"


def specific(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Without those of which another value of the same field says all, and more."""
    return tuple(fact for fact in facts if not any(_says_more(other, fact) for other in facts))


def _says_more(more: Fact, less: Fact) -> bool:
    if less.field not in _NAMING or behaviour(more.value) is not behaviour(less.value):
        return False
    turned = _TURNING & set(plain(str(more.value)).split())
    return words(less.value) < words(more.value) and not turned


def shown(facts: tuple[Fact, ...], opinion: Opinion) -> tuple[str, ...]:
    """The values as a reader sees them, each once, with every word of doubt that one of its sources puts before it."""
    kept = specific(facts)
    doubts: dict[str, tuple[str, ...]] = {}
    for fact in kept:
        key = _plainly(fact.text)
        doubts[key] = once((*doubts.get(key, ()), *_doubts(fact, opinion)))
    return tuple(_beside(text, doubts[_plainly(text)]) for text in once(fact.text for fact in kept))


def once(texts: Iterable[str]) -> tuple[str, ...]:
    """Each once, as it was first written: capitals are no other answer."""
    written: dict[str, str] = {}
    for text in texts:
        written.setdefault(_plainly(text), text)
    return tuple(written.values())


def _plainly(text: str) -> str:
    return " ".join(text.casefold().split())


def _beside(text: str, doubts: tuple[str, ...]) -> str:
    return f"{text} (words of doubt: {', '.join(f'“{doubt}”' for doubt in doubts)})" if doubts else text


def _doubts(named: Fact, opinion: Opinion) -> tuple[str, ...]:
    """The words of doubt that stand right before the name of a tumour in its report: "favor leiomyosarcoma"."""
    if named.field != "histology":
        return ()
    doubts = (fact for fact in opinion.facts if fact.field == "ambiguity")
    return once(doubt.text for doubt in doubts if _stands_before(doubt.provenance, named.provenance))


def _stands_before(doubt: Provenance, name: Provenance) -> bool:
    if doubt.span is None or name.span is None or (doubt.document, doubt.page) != (name.document, name.page):
        return False
    return 0 <= name.span.start - doubt.span.end <= _NEAR
