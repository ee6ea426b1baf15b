"""``overread stage``: the stage group from T, N, M and edition, for one tumour or for a file of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

import click

from overread.clinical.staging import StageAnswer, agrees, group, would_fit
from overread.clinical.staging import stage as stage_of

Question = tuple[Any, ...]  # site, edition, t, n, m, prognostic


@click.command("stage", help=__doc__)
@click.option("--site", help="Name, OncoTree code or ICD-O-3 topography: lung, LUAD, C34.1.")
@click.option("--edition", help="Edition of the staging manual: 7 or 8.")
@click.option("--t", help="T category, with or without prefix: T2a, pT2a.")
@click.option("--n", help="N category.")
@click.option("--m", help="M category.")
@click.option("--histology", help="ICD-O-3 morphology or words: 8140/3, adenocarcinoma.")
@click.option(
    "--factor",
    "factors",
    multiple=True,
    metavar="NAME=VALUE",
    help="What else the table asks for: age=61, psa=7.2, grade_group=2, er=positive. May be repeated.",
)
@click.option("--stated", help="A stated stage group to compare with.")
@click.option("--json", "as_json", is_flag=True, help="Print the whole answer as JSON.")
@click.option("--jsonl", type=click.File("r", encoding="utf-8", errors="replace"), help="A file of such tumours.")
@click.option("--out", type=click.Path(dir_okay=False, writable=True, path_type=Path), help="Where to write answers.")
def stage(jsonl: TextIO | None, out: Path | None, as_json: bool, factors: tuple[str, ...], **given: str | None) -> None:
    """The stage group that follows from T, N and M, or the named reason why it cannot be had."""
    if jsonl is not None:
        _write(_answers(jsonl), out)
        return
    prognostic: dict[str, object] = {name.strip(): value for name, _, value in (f.partition("=") for f in factors)}
    if given["histology"]:
        prognostic["histology"] = given["histology"]
    asked = (given["site"], given["edition"], given["t"], given["n"], given["m"], prognostic)
    answer = stage_of(*asked)
    content = (
        answer.as_dict()
        | {"consistent": consistent(answer, given["stated"])}
        | _fitting(asked, answer, given["stated"])
    )
    _write([json.dumps(content, ensure_ascii=False, indent=2) if as_json else answer.sentence], out)


def _write(lines: Iterator[str] | list[str], out: Path | None) -> None:
    if out is None:
        for line in lines:
            click.echo(line)
        return
    with out.open("w", encoding="utf-8") as file:
        file.writelines(line + "\n" for line in lines)


def _answers(lines: TextIO) -> Iterator[str]:
    """One answer a line; a line that is no JSON object is answered with the reason, so that none is lost."""
    for line in lines:
        if line.strip("\ufeff \t\r\n"):
            yield json.dumps(_answer(line))


def _answer(line: str) -> dict[str, Any]:
    asked = _object(line)
    if asked is None:
        return _unread(None, "the line is not a JSON object")
    name, prognostic = _name(asked.get("id")), asked.get("prognostic")
    if not isinstance(prognostic or {}, dict):
        return _unread(name, "prognostic is not a JSON object")
    question = tuple(asked.get(key) for key in ("site", "edition", "t", "n", "m"))
    return _line(name, (*question, prognostic or {}), asked.get("stated_group"))


def _line(name: object, question: Question, stated: object) -> dict[str, Any]:
    answer = stage_of(*question)
    content = {
        "id": name,
        "group": answer.group,
        "possible": list(answer.possible),
        "reason": str(answer.reason),
        "consistent": consistent(answer, stated),
        "missing": list(answer.missing),
    }
    editions = {
        a.edition: {"group": a.group, "possible": list(a.possible), "reason": a.reason} for a in answer.by_edition
    }
    return content | ({"by_edition": editions} if editions else {}) | _fitting(question, answer, stated)


def _fitting(question: Question, answer: StageAnswer, stated: object) -> dict[str, Any]:
    """Where a stated group does not follow: which single other values would make it do so."""
    read = _group(stated)
    if read is None or agrees(read, answer) is not False:
        return {}
    return {"would_fit": {name: list(values) for name, values in would_fit(read, *question)}}


def _object(line: str) -> dict[str, Any] | None:
    try:
        asked = json.loads(line.lstrip("\ufeff"), parse_constant=_no_number)
    except (ValueError, RecursionError):
        return None
    return asked if isinstance(asked, dict) else None


def _no_number(word: str) -> None:
    """NaN and Infinity are no JSON, though Python reads them."""
    raise ValueError(word)


def _name(given: object) -> object:
    """The id as given, as far as it can be written back."""
    try:
        json.dumps(given, allow_nan=False)
    except (ValueError, RecursionError):
        return None
    return given


def _unread(name: object, reason: str) -> dict[str, Any]:
    return {"id": name, "group": None, "possible": [], "reason": reason, "consistent": None}


def consistent(answer: StageAnswer, stated: object) -> bool | None:
    """Whether a stated group is among those that the answer allows; None where none is stated or nothing can be said."""
    read = _group(stated)
    return agrees(read, answer) if read else None


def _group(stated: object) -> str | None:
    read = group(stated) if isinstance(stated, str | int) and not isinstance(stated, bool) else None
    return read.name if read else None
