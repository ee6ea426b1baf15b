"""``overread extract``: report texts in, coded facts with their characters out, one JSON line a report."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import IO, Any

import click

_CHUNK = 64


@click.command()
@click.option(
    "--jsonl", "source", type=click.File("rb"), required=True, help='Lines {"id", "text"}; - reads standard input.'
)
@click.option(
    "--out",
    type=click.File("w", encoding="utf-8", lazy=False),
    required=True,
    help="Where the lines of facts go; - prints them.",
)
@click.option(
    "--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes that read at once."
)
def extract(source: IO[bytes], out: IO[str], workers: int) -> None:
    """Read reports into facts, each with the characters it stands on.

    Facts come only from words. "classes" is a trained model's ranking of the report among T, N and M classes: there is always one, also where the report states no stage, so it is never evidence of a stage. A line that cannot be read gets an "error" that says why, and the others go on.
    """
    refused = 0
    for answer in _answers(source, workers):
        refused += "error" in answer
        out.write(json.dumps(answer) + "\n")  # in ASCII: half a surrogate pair has no bytes in UTF-8
    if refused:
        click.echo(f'{refused} of the lines could not be read; each says why in its "error".', err=True)


def _answers(lines: IO[bytes], workers: int) -> Iterator[dict[str, Any]]:
    numbered = ((number, line) for number, line in enumerate(lines, 1) if line.strip())
    if workers == 1:
        yield from (answer(number, line) for number, line in numbered)
        return
    numbers, raw = zip(*numbered, strict=True) if (numbered := list(numbered)) else ((), ())  # type: ignore[assignment]
    with ProcessPoolExecutor(workers) as pool:
        yield from pool.map(answer, numbers, raw, chunksize=_CHUNK)


def answer(number: int, line: bytes) -> dict[str, Any]:
    """The line's facts, or its error. ``facts`` are of the case and its parts; ``earlier_or_other`` are the T, N and M
    of the history, of further tumours, and those that contradict each other without saying which is the main tumour's."""
    try:
        report = json.loads(line.decode("utf-8", "replace").lstrip("\ufeff"), parse_constant=_no_number)
    except (ValueError, RecursionError):
        return _refusal(None, f"line {number} is not JSON")
    if not isinstance(report, dict) or not isinstance(report.get("text"), str):
        identity = report.get("id") if isinstance(report, dict) else None
        return _refusal(identity, f'line {number} has no "text" of type string')
    return facts(report.get("id"), report["text"])


def _no_number(printed: str) -> Any:
    """Python would read NaN and Infinity, and print them again; JSON has neither."""
    raise ValueError(printed)


def _refusal(identity: Any, reason: str) -> dict[str, Any]:
    """Of the same shape as an answer: no facts, and the classes of a text that says nothing."""
    from overread.clinical.extraction import classes

    return {"id": identity, "facts": [], "classes": classes("", ()), "error": reason}


def facts(identity: Any, text: str) -> dict[str, Any]:
    from overread.clinical.extraction import classes, read, shortcomings

    found = read(text, str(identity))
    apart = [f for f in found if f.field in ("t", "n", "m") and f.about is not None]
    result: dict[str, Any] = {"id": identity, "facts": [_fact(f) for f in found if f not in apart]}
    result["classes"] = classes(text, found)
    if apart:
        result["earlier_or_other"] = [_fact(f) for f in apart]
    notes = [] if found else ["nothing in the text was recognised as a fact of a cancer report"]
    if notes := [*notes, *shortcomings(text)] if text.strip() else ["the text is empty"]:
        result["note"] = "; ".join(notes)
    return result


def _fact(fact: Any) -> dict[str, Any]:
    span = fact.provenance.span
    value = fact.value if isinstance(fact.value, str | int | float | bool) else str(fact.value)
    line = {"field": fact.field, "value": value, "stated": True, "start": span.start, "end": span.end}
    line["confidence"] = fact.provenance.confidence
    if fact.about is not None:
        line["about"] = fact.about
    return line
