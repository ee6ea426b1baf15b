"""The check of the stage in words: which table was used, and what would have to be different for the stated stage to follow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from overread.clinical.knowledge import names
from overread.clinical.staging import StageCheck, Staged
from overread.clinical.staging.tables import TABLES

# What can differ, as the sentence names it. What stands in no list is named as the tables name it.
NAMED = {
    "t": "the T category", "n": "the N category", "m": "the M category", "age": "the age", "psa": "the PSA",
    "grade_group": "the grade group", "gleason": "the Gleason score", "grade": "the grade", "er": "the oestrogen receptor",
    "pr": "the progesterone receptor", "her2": "HER2", "mitotic_rate": "the mitotic rate",
    "serum_markers": "the serum markers",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class UsedRow:
    """A row of a table, for a reader. file: the knowledge file whose page shows the whole table, "" where none does."""

    table: str
    number: int
    group: str
    file: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One check, the rows it used (each once) with how sure they are, and in sentences what would fit."""

    check: Staged
    rows: tuple[UsedRow, ...]
    verified: tuple[str, ...]
    fits: tuple[str, ...]


def shown(found: StageCheck) -> list[Shown]:
    return [Shown(one, _rows(one), _verified(one), tuple(fits(one))) for one in found.checks]


def _rows(check: Staged) -> tuple[UsedRow, ...]:
    rows = dict.fromkeys(row for answer in check.answers for row in answer.rows)
    return tuple(UsedRow(table(row.table), row.number, row.group, _file(row.table)) for row in rows)


def _file(name: str) -> str:
    """The tables of the 7th edition share one file."""
    return next((file for file in names("staging") if f"{name}_".startswith(f"{file}_")), "")


def _verified(check: Staged) -> tuple[str, ...]:
    return tuple(dict.fromkeys(a.verification for a in check.answers if a.rows and a.verification))


def table(name: str) -> str:
    """``colon_rectum_8`` is "Colon and rectum, 8th edition"."""
    known = TABLES[name]
    title = known.title[:1].upper() + known.title[1:] if known.title else f"UICC table {name.rpartition('_')[2]}"
    return f"{title}, {known.edition}th edition"


def fits(check: Staged) -> Iterator[str]:
    """One sentence for each single change with which the stated group would follow, where it is known that it does not.

    Where the table cannot be used, another table that gives the stated group would look like advice to use that one.
    """
    if check.consistent is not False:
        return
    for name, values in check.would_fit:
        if name == "edition":
            yield f"The stated stage would follow in the {either([f'{value}th' for value in values])} edition."
        else:
            said = either([in_words(value) for value in values])
            yield f"The stated stage would follow if {NAMED.get(name, name)} were {said}."


def in_words(value: str) -> str:
    """Bands as a reader says them: ``10-<20`` is "10 to below 20"."""
    for sign, words in ((">=", "{} or more"), ("<=", "{} or less"), ("<", "below {}")):
        if value.startswith(sign):
            return words.format(value.removeprefix(sign))
    return value.replace("-<", " to below ")


def either(values: list[str]) -> str:
    return " or ".join((", ".join(values[:-1]), values[-1])) if len(values) > 1 else values[0]
