"""``overread symptoms``: what studies found among people with the same symptoms, and a weaker list of rare tumours."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import click

from overread.clinical.knowledge import Source
from overread.clinical.symptoms import (
    COVERED,
    SIGNS,
    SYMPTOMS,
    Link,
    PredictiveValue,
    RareList,
    Statement,
    SymptomRanking,
    rank,
)

WEAKER = (
    "Rare and hereditary tumours whose descriptions name two or more of these. A weaker list: it does not say how likely "
    "any of them is. Next step: the family doctor, who can send on to a genetic counsellor."
)


@click.command("symptoms", help=__doc__)
@click.argument("told", nargs=-1, metavar="[SYMPTOM]...")
@click.option("--age", type=float, help="Age in years.")
@click.option("--sex", type=click.Choice(["female", "male"]), help="Sex in medical records.")
@click.option("--smoking", type=click.Choice(["never", "former", "current"]))
@click.option("--list", "listed", is_flag=True, help="List the symptoms and signs that can be named, and stop.")
@click.option("--json", "as_json", is_flag=True, help="Print the whole answer as JSON.")
def symptoms(
    told: tuple[str, ...], age: float | None, sex: str | None, smoking: str | None, listed: bool, as_json: bool
) -> None:
    """SYMPTOM is a key or the words of the list: ``weight_loss``, ``"weight loss"``."""
    if listed:
        _print(f"{key}: {label}" for key, label in (SYMPTOMS | SIGNS).items())
        return
    keys = frozenset(map(_key, told))
    signs = keys & SIGNS.keys()
    found = rank(keys - signs, age, sex, smoking, signs)
    _print([json.dumps(content(found), ensure_ascii=False, indent=2)] if as_json else _lines(found))


def _key(word: str) -> str:
    """The key of a symptom or sign that is named by its key or its label; a word that is neither stays as it is."""
    wanted = word.strip().casefold()
    known = SYMPTOMS | SIGNS
    if wanted.replace(" ", "_") in known:
        return wanted.replace(" ", "_")
    return next((key for key, label in known.items() if label.casefold() == wanted), word.strip())


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


def _lines(found: SymptomRanking) -> Iterator[str]:
    """The answer in the order of the page: emergencies before anything else."""
    yield from (_said(statement) for statement in found.emergency)
    yield f"\n{found.sentence}"
    for condition in found.conditions:
        yield f"\n{condition.label[:1].upper()}{condition.label[1:]}"
        yield from (f"  {_value(value)}" for value in condition.values)
    yield from _block(
        "Cannot be decided (age or sex was not said, or the ages are not known):", map(_value, found.undecided)
    )
    yield from _block("Named by studies, without a chance that can be given:", map(_link, found.linked))
    yield from _block(WEAKER, _rare(found.rare))
    yield from _block("About other people:", map(_value, found.other_people))
    yield from _block("Not known here (overread symptoms --list shows what is):", found.not_covered)
    yield from _block("No published chance fits for:", found.without_figure)
    yield from _block("Notes:", map(_said, found.notes))
    yield f"\nFigures are known for these alone: {'; '.join(COVERED)}."


def _block(heading: str, lines: Iterable[str]) -> Iterator[str]:
    """A heading and its lines; nothing where there are none."""
    for at, line in enumerate(lines):
        if at == 0:
            yield f"\n{heading}"
        yield f"  {line}"


def _said(statement: Statement) -> str:
    return f"{statement.sentence}{_cited(statement.source)}"


def _value(value: PredictiveValue) -> str:
    counted = f" {value.n} {value.n_of}." if value.n else ""
    return f"{value.sentence}{counted}{_cited(value.source)}"


def _link(link: Link) -> str:
    return f"{link.condition_label}: {link.symptom_label}. {link.sentence}{_cited(link.source)}"


def _cited(source: Source | None) -> str:
    return f" [{source.title}]" if source else ""


def _rare(found: RareList) -> Iterator[str]:
    for match in found.matches:
        agreeing = ", ".join(f"{sign.label} ({sign.stated})" for sign in match.agreeing)
        yield f"{match.tumour.name} ({match.tumour.id}): {agreeing}"
    if found.more:
        yield f"and {found.more} more"
    if found.unspecific:
        yield f"{found.unspecific} agree only in what many diseases share; they are not named"
    if found.of_note:
        yield found.attribution


def content(found: SymptomRanking) -> dict[str, Any]:
    """The whole answer as plain data, the same order as the page."""
    return {
        "emergency": [_statement(statement) for statement in found.emergency],
        "sentence": found.sentence,
        "conditions": [
            {"condition": c.condition, "label": c.label, "values": [_figure(value) for value in c.values]}
            for c in found.conditions
        ],
        "undecided": [_figure(value) for value in found.undecided],
        "linked": [_linked(link) for link in found.linked],
        "rare": _rare_content(found.rare),
        "other_people": [_figure(value) for value in found.other_people],
        "not_covered": list(found.not_covered),
        "without_figure": list(found.without_figure),
        "notes": [_statement(note) for note in found.notes],
        "covered": list(COVERED),
    }


def _statement(statement: Statement) -> dict[str, Any]:
    return {"sentence": statement.sentence, "source": _source(statement.source)}


def _figure(value: PredictiveValue) -> dict[str, Any]:
    return {
        "condition": value.condition,
        "symptoms": sorted(value.symptoms),
        "percent": value.percent,
        "low": value.low,
        "high": value.high,
        "bound": value.bound,
        "within": value.within,
        "people": value.people.text,
        "n": value.n,
        "n_of": value.n_of,
        "sentence": value.sentence,
        "source": _source(value.source),
    }


def _linked(link: Link) -> dict[str, Any]:
    return {
        "condition": link.condition,
        "symptom": link.symptom,
        "odds_ratio": link.odds_ratio,
        "low": link.low,
        "high": link.high,
        "at_least_pct": link.at_least_pct,
        "people": link.people.text,
        "n": link.n,
        "sentence": link.sentence,
        "source": _source(link.source),
    }


def _rare_content(found: RareList) -> dict[str, Any]:
    matches = [
        {
            "id": match.tumour.id,
            "name": match.tumour.name,
            "inheritance": list(match.tumour.inheritance),
            "agreeing": [
                {"sign": sign.label, "hpo": sign.hpo, "name": sign.name, "frequency": sign.frequency}
                for sign in match.agreeing
            ],
        }
        for match in found.matches
    ]
    return {
        "about": WEAKER,
        "matches": matches,
        "more": found.more,
        "unspecific": found.unspecific,
        "attribution": found.attribution,
        "sources": [_source(source) for source in found.sources],
    }


def _source(source: Source | None) -> dict[str, Any] | None:
    return None if source is None else {"id": source.id, "title": source.title, "url": source.url}
