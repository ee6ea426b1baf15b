"""What the frame of every page offers the person who looks: the pages that are theirs, by role."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from overread.workflow.accounts.permissions import may_invite, may_run_installation, roles_of
from overread.workflow.accounts.queries import unread_notices
from overread.workflow.accounts.roles import Role


@dataclass(frozen=True, slots=True)
class Door:
    """A link of the main navigation."""

    label: str
    href: str
    icon: str


def _signed_in(viewer: Any) -> bool:
    return bool(getattr(viewer, "is_authenticated", False))


def home_of(viewer: Any) -> str:
    """The route where somebody begins: who runs the installation, or requires opinions, and does nothing else has a page of their own."""
    return HOMES.get(frozenset(roles_of(viewer)), "cases")


def _works_on_cases(viewer: Any) -> bool:
    return _signed_in(viewer) and home_of(viewer) != "installation"


def _as(role: Role) -> Callable[[Any], bool]:
    return lambda viewer: _signed_in(viewer) and role in roles_of(viewer)


HOMES: dict[frozenset[Role], str] = {
    frozenset({Role.OPERATOR}): "installation",
    frozenset({Role.PAYER}): "payer",
}
# Label, route, icon, and who is shown it, in order. Who may open the page is decided by its policy, not here.
WORK: tuple[tuple[str, str, str, Callable[[Any], bool]], ...] = (
    ("Your cases", "cases", "clipboard-list", _works_on_cases),
    ("Refer a patient", "refer-patient", "user-plus", _as(Role.REFERRER)),
    ("Opinions to read", "payer", "file-check", _as(Role.PAYER)),
    ("Own rates", "rates", "chart-column", may_invite),
    ("Installation", "installation", "settings", may_run_installation),
)
LEARN: tuple[tuple[str, str, str], ...] = (
    ("Do I need one?", "ask", "circle-help"),
    ("Symptoms", "symptoms", "activity"),
    ("How it works", "about", "route"),
    ("Rules and figures", "reference", "book-open"),
)


def doors(viewer: Any) -> list[Door]:
    """The pages that the viewer works on."""
    return [Door(label, reverse(name), icon) for label, name, icon, shown in WORK if shown(viewer)]


def unread(viewer: Any) -> int:
    """How many notices the viewer has not read."""
    return len(unread_notices(viewer)) if _signed_in(viewer) else 0


def lessons() -> list[Door]:
    """The pages that anybody may read."""
    return [Door(label, reverse(name), icon) for label, name, icon in LEARN]
