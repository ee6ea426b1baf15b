"""Who may say what happened next, and who may rate."""

from __future__ import annotations

from ..accounts.models import Person
from ..accounts.permissions import holds as holds_anywhere
from ..accounts.permissions import may_run_installation
from ..accounts.roles import Permission
from ..audit.actors import Actor, System
from ..cases.models import Case
from ..cases.permissions import holds, require

__all__ = ["may_answer", "may_ask", "may_rate", "may_see_rates", "require"]


def may_ask(by: Actor, case: Case) -> bool:
    """The installation asks when the time has come."""
    return isinstance(by, System)


def may_answer(by: Actor, case: Case) -> bool:
    return holds(by, case, Permission.ANSWER_OUTCOME)


def may_rate(by: Actor, case: Case) -> bool:
    return isinstance(by, Person) and holds(by, case, Permission.RATE)


def may_see_rates(by: Actor) -> bool:
    """Rates carry no person's data; those who run the installation and those who route see them."""
    return may_run_installation(by) or holds_anywhere(by, Permission.ROUTE)
