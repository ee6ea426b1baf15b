"""``overread stage``: the stage group from T, N, M and edition, for one tumour or for a file of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

import click

from overread.clinical.staging import StageAnswer, agrees, group
from overread.clinical.staging import stage as stage_of


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
    answer = stage_of(given["site"], given["edition"], given["t"], given["n"], given["m"], prognostic)
    content = answer.as_dict() | {"consistent": consistent(answer, given["stated"])}
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
        if line.strip():
            yield json.dumps(_answer(line), ensure_ascii=False)


def _answer(line: str) -> dict[str, Any]:
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError):
        asked = None
    if not isinstance(asked, dict):
        return _unread(None, "the line is not a JSON object")
    prognostic = asked.get("prognostic") or {}
    if not isinstance(prognostic, dict):
        return _unread(asked.get("id"), "prognostic is not a JSON object")
    get = asked.get
    answer = stage_of(get("site"), get("edition"), get("t"), get("n"), get("m"), prognostic)
    return {
        "id": asked.get("id"),
        "group": answer.group,
        "possible": list(answer.possible),
        "reason": str(answer.reason),
        "consistent": consistent(answer, asked.get("stated_group")),
    }


def _unread(name: object, reason: str) -> dict[str, Any]:
    return {"id": name, "group": None, "possible": [], "reason": reason, "consistent": None}


def consistent(answer: StageAnswer, stated: object) -> bool | None:
    """Whether a stated group agrees with the answer; None where nothing is stated or nothing can be said."""
    read = group(stated) if isinstance(stated, str) else None
    return agrees(read.name, answer) if read else None
