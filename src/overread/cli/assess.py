"""``overread assess``: records, reports or answers in; everything the clinical library says about them out."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from overread.clinical.indication import Answers


class Key(click.ParamType[str]):
    """A key of one of the tables. One that was mistyped is refused: an emergency must not be dropped for a letter."""

    def __init__(self, table: str) -> None:
        self.name = self.table = table

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from . import assessment_lines

        known: Collection[str] = assessment_lines.tables()[self.table]
        if value not in known:
            near = get_close_matches(value, known)
            meant = f" Did you mean {' or '.join(near)}?" if near else ""
            self.fail(f"{value!r} is no key of this list.{meant} --keys lists them.", param, ctx)
        return value


class Stage(click.ParamType[str]):
    name = "stage"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from overread.clinical.indication import stage_number

        if not stage_number(value) and value.strip().lower() not in ("0", "stage 0"):
            self.fail(f"{value!r} is no stage. Write it as the doctor did: 0, I, IIA, 3b, IV.", param, ctx)
        return value


EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)
YES_NO = {"yes": True, "no": False, None: None}


@click.command()
@click.argument("files", nargs=-1, type=EXISTING)
@click.option(
    "--situation",
    "situations",
    multiple=True,
    metavar="KEY",
    type=Key("Situations"),
    help="A situation that applies, by its key. Repeat.",
)
@click.option(
    "--emergency",
    "emergencies",
    multiple=True,
    metavar="KEY",
    type=Key("Emergencies"),
    help="An emergency that is happening, by its key.",
)
@click.option("--tumour", metavar="KEY", type=Key("Cancers"), help="Which cancer, by its key.")
@click.option("--stage", metavar="TEXT", type=Stage(), help="Stage that a doctor named: IIA.")
@click.option("--metastatic", type=click.Choice(["yes", "no"]), help="Whether it has spread.")
@click.option("--none-of-these", is_flag=True, help="The list of situations was read, and nothing applies.")
@click.option("--keys", is_flag=True, help="List the keys of situations, emergencies and cancers, and stop.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day of the assessment; today if not given.")
@click.option("--same-person", is_flag=True, help="You know that all files are about one person.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def assess(
    files: tuple[Path, ...],
    situations: tuple[str, ...],
    emergencies: tuple[str, ...],
    tumour: str | None,
    stage: str | None,
    metastatic: str | None,
    none_of_these: bool,
    keys: bool,
    on: datetime | None,
    same_person: bool,
    as_json: bool,
) -> None:
    """Assess FILES (FHIR bundles, reports as text, PDF, scan or C-CDA), answers given as options, or both.

    Says whether a second opinion is indicated and why, which kind, how often such a review changed something, whether
    there is time; whether the stage follows; what is missing, stale or does not fit; whom to hear and what to ask. Nothing
    is stored. Files of different people are assessed apart, unless an identifier or name and birth date join them.
    """
    from overread.clinical.indication import Answers

    from . import assessment_lines

    if keys:
        _tell(assessment_lines.keys())
        return
    said = Answers(
        frozenset(situations),
        tumour,
        stage=stage,
        metastatic=YES_NO[metastatic],
        emergencies=frozenset(emergencies),
        none_of_these=none_of_these,
    )
    if not files and said == Answers():
        raise click.UsageError("Give files, or answers such as --situation patient_unsure. --keys lists them.")
    _assess(files, said, on or datetime.now().astimezone(), same_person=same_person, as_json=as_json)


def _assess(files: tuple[Path, ...], said: Answers, on: datetime, *, same_person: bool, as_json: bool) -> None:
    from . import assessing, assessment_lines

    try:
        found = assessing.assess(files, said, on.date(), same_person=same_person)
    except assessing.DifferentPeople as error:
        raise click.ClickException(str(error)) from error
    for refusal in found.refused:
        click.echo(refusal, err=True)
    _tell([assessment_lines.as_json(found)] if as_json else assessment_lines.lines(found))
    if found.refused and not found.assessments:
        raise click.exceptions.Exit(1)


def _tell(lines: list[str]) -> None:
    for line in lines:
        click.echo(line)
