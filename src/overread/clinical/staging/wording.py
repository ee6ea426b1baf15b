"""A stage answer in a sentence for a reader."""

from __future__ import annotations

from .answer import Reason
from .choosing import Choice
from .reading import shown
from .tables import AXES, Table

_NAMES = {
    "age": "the age", "psa": "the PSA", "grade_group": "the grade group", "grade": "the grade",
    "er": "the oestrogen receptor", "pr": "the progesterone receptor", "her2": "HER2", "gleason": "the Gleason score",
    "histology": "the histology", "basis": "whether the stage is clinical or pathological", "p16": "p16",
    "serum_markers": "the serum markers (S)", "mitotic_rate": "the mitotic rate", "site": "the exact site",
    "t": "the T category", "n": "the N category", "m": "the M category",
}  # fmt: skip


def sentence(
    choice: Choice,
    number: str,
    codes: tuple[str, ...],
    groups: tuple[str, ...],
    reason: Reason,
    missing: tuple[str, ...],
    table: Table,
    unverified: bool,
) -> str:
    source = f"by the {table_name(choice, number)} ({table.label})"
    if choice.assumption:
        source += f", {choice.assumption}"
    if reason is Reason.DETERMINED:
        return f"{tnm(codes)} is {_stage(groups[0])} {source}."
    if reason is Reason.TABLE_UNVERIFIED:
        return f"{tnm(codes)} falls on cells that are not verified {source}, so no group is given."
    wanted = ", ".join(_wanted(name, codes) for name in missing)
    can_be = either((*groups, "a group that is not verified") if unverified else groups)
    return f"{tnm(codes)} can be {can_be} {source}; not stated: {wanted}."


def _wanted(name: str, codes: tuple[str, ...]) -> str:
    if name in AXES and codes[AXES.index(name)] not in "X?":
        return f"the sub-category of {name.upper()}"
    return _NAMES.get(name, name)


def _stage(name: str) -> str:
    return "occult carcinoma" if name == "Occult" else f"stage {name}"


def either(groups: tuple[str, ...]) -> str:
    return " or ".join((", ".join(groups[:-1]), groups[-1])) if len(groups) > 1 else groups[0]


def tnm(codes: tuple[str, ...]) -> str:
    """``T2 N0 M0``, ``T2 M0 without N``, or ``Without T, N and M it`` where nothing is stated."""
    stated = " ".join(shown(axis, code) for axis, code in zip(AXES, codes, strict=True) if code != "?")
    unstated = [axis.upper() for axis, code in zip(AXES, codes, strict=True) if code == "?"]
    if not unstated:
        return stated
    without = " and ".join((", ".join(unstated[:-1]), unstated[-1])) if len(unstated) > 1 else unstated[0]
    return f"{stated} without {without}" if stated else f"Without {without} it"


def table_name(choice: Choice, number: str) -> str:
    return f"{number}th edition table for {choice.title}"
