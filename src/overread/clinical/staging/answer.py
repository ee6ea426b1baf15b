"""What the staging room answers: a group or the groups that are possible, why, and the rows it stands on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why an answer is what it is. ``DETERMINED`` alone comes with a group."""

    DETERMINED = "determined"
    # something about the tumour is not known
    SITE_UNKNOWN = "site unknown"
    HISTOLOGY_MISSING = "histology missing"
    EDITION_UNKNOWN = "edition unknown"
    T_UNKNOWN = "T unknown"
    N_UNKNOWN = "N unknown"
    M_UNKNOWN = "M unknown"
    T_SUBCATEGORY_MISSING = "T sub-category missing"
    N_SUBCATEGORY_MISSING = "N sub-category missing"
    M_SUBCATEGORY_MISSING = "M sub-category missing"
    FACTOR_MISSING = "prognostic factor missing"
    BASIS_MISSING = "clinical or pathological not stated"
    # something cannot be read, or does not go together
    HISTOLOGY_UNREADABLE = "histology cannot be read"
    T_UNREADABLE = "T cannot be read"
    N_UNREADABLE = "N cannot be read"
    M_UNREADABLE = "M cannot be read"
    T_NOT_IN_TABLE = "no such T category in the table"
    N_NOT_IN_TABLE = "no such N category in the table"
    M_NOT_IN_TABLE = "no such M category in the table"
    NO_SUCH_COMBINATION = "no such combination in the table"
    # there is no table to stand on
    NO_TABLE = "no table"
    TABLE_UNVERIFIED = "table unverified"
    HISTOLOGY_NOT_COVERED = "histology not covered by the table"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: the knowledge file's id of the table, the row counted from 1, and the group it gives."""

    table: str
    number: int
    group: str


@dataclass(frozen=True, slots=True)
class StageAnswer:
    """The stage group, or why there is none.

    group: Roman, with its letter (``IIB``, ``0``, ``Occult``); None unless reason is ``DETERMINED``.
    possible: every group that what is known allows, in order; empty if nothing can be said. With the edition unknown,
    what the editions that have tables allow between them.
    complete: False when some of what is possible stands in cells that are not verified, or in editions without tables.
    missing: what would decide: ``t``, ``n``, ``m``, or prognostic factors (``age``, ``psa``, ``grade_group``, …).
    verification: how sure the table is, in words. sentence: the answer for a reader.
    by_edition: with the edition unknown, what each edition that has tables would answer.
    """

    reason: Reason
    sentence: str
    group: str | None = None
    possible: tuple[str, ...] = ()
    complete: bool = True
    missing: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    table: str | None = None
    edition: str | None = None
    verification: str | None = None
    by_edition: tuple[StageAnswer, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """Plain data, as the command prints it."""
        return {
            "group": self.group,
            "possible": list(self.possible),
            "reason": str(self.reason),
            "complete": self.complete,
            "missing": list(self.missing),
            "edition": self.edition,
            "table": self.table,
            "verification": self.verification,
            "rows": [{"table": r.table, "row": r.number, "group": r.group} for r in self.rows],
            "sentence": self.sentence,
            "by_edition": {a.edition: a.as_dict() for a in self.by_edition},
        }
