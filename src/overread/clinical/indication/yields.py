"""How often a second reading changed something: published rates, each alone with its people, n and definition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from overread.clinical.knowledge import Source, load
from overread.clinical.knowledge.citations import cite

from .answers import Answers
from .tumours import TUMOURS, lineage

ALL = "all"
_STUDIES = load("indication", "yield").rows


@dataclass(frozen=True, slots=True)
class Rate:
    """One published rate. percent, or between (low, high) across studies, is set; never both.

    measure: what changed (``major``, ``minor``, ``any``, ``diagnosis``, ``management``, ``stage``, ``grade``) or
    ``agreement``. n: cases behind this very rate; None where the source does not give it. people: whom it is about.
    whose: the tumour group it is about; ``all`` for cancers of every kind together. figure: its key in the evidence.
    """

    measure: str
    percent: float | None
    between: tuple[float, float] | None
    sentence: str
    people: str
    n: int | None
    definition: str
    discipline: str
    whose: str
    figure: str
    source: Source
    caution: str | None


@dataclass(frozen=True, slots=True)
class Yield:
    """What is published for this tumour and discipline (figures), and for all cancers together (general).

    The two are never put together. sentence says what the figures are worth, or that none applies.
    """

    figures: tuple[Rate, ...]
    general: tuple[Rate, ...]
    sentence: str


def expected_yield(answers: Answers) -> Yield:
    """Every published rate that applies, none of them pooled."""
    wanted = [rate for rate in RATES if not answers.disciplines or rate.discipline in answers.disciplines]
    groups = lineage(answers.tumour)
    figures = tuple(rate for key in groups for rate in wanted if rate.whose == key)
    general = tuple(rate for rate in wanted if rate.whose == ALL)
    return Yield(figures, general, _summary(answers.tumour, figures, general))


def _summary(tumour: str | None, figures: tuple[Rate, ...], general: tuple[Rate, ...]) -> str:
    if figures:
        return (
            "These are results of other people in other hospitals. Each study counted differently, so they are listed "
            "one by one. They do not predict what a review will find for you."
        )
    name = TUMOURS[tumour].label if tumour in TUMOURS else "your cancer"
    none = f"No applicable figure: we know of no published rate for {name} and this kind of review."
    others = " The figures here cover all cancers together; yours may be quite different."
    return none + (others if general else "")


def _rates(study: dict[str, Any]) -> tuple[Rate, ...]:
    pairs = ((rate, whose) for rate in study["rates"] for whose in rate.get("tumours", study["tumours"]))
    return tuple(_rate(study, rate, whose) for rate, whose in pairs)


def _rate(study: dict[str, Any], rate: dict[str, Any], whose: str) -> Rate:
    source = cite(study["evidence"], study["source"])
    assert source is not None, "every study has a source"  # noqa: S101
    between = rate.get("between")
    return Rate(
        measure=rate["measure"],
        percent=rate.get("percent"),
        between=(between[0], between[1]) if between else None,
        sentence=_sentence(study, rate),
        people=study["people"],
        n=rate.get("n", study["n"]),
        definition=study["definition"],
        discipline=study["discipline"],
        whose=whose,
        figure=rate["figure"],
        source=source,
        caution=study.get("caution"),
    )


def _sentence(study: dict[str, Any], rate: dict[str, Any]) -> str:
    n = rate.get("n", study["n"])
    size = f" ({n:,} cases)" if n else ""
    return f"{study['people'][0].upper()}{study['people'][1:]}{size}: {rate['means']}, in {_share(rate)}."


def _share(rate: dict[str, Any]) -> str:
    if "between" in rate:
        low, high = rate["between"]
        return f"{low:g} to {high:g} of 100"
    return f"{rate['percent']:g} of 100"


RATES: tuple[Rate, ...] = tuple(rate for study in _STUDIES for rate in _rates(study))
DISCIPLINES: tuple[str, ...] = tuple(sorted({rate.discipline for rate in RATES}))
