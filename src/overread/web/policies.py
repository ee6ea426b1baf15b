"""Who may come to an address. Every route has exactly one policy; a route without one does not start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from overread.workflow.accounts.permissions import may_invite, may_run_installation, roles_of
from overread.workflow.accounts.roles import Permission, Role
from overread.workflow.audit.actors import Actor


@dataclass(frozen=True, slots=True)
class Policy:
    """One rule in words, and what it asks of the visitor.

    signed_in: an account is needed. anywhere: a question about the person's roles in the installation.
    permission: the person takes part in the case of the address, in a role that has this permission.
    """

    words: str
    signed_in: bool = True
    anywhere: Callable[[Actor], bool] | None = None
    permission: Permission | None = None


EVERYONE = Policy("everyone, signed in or not", signed_in=False)
SIGNED_IN = Policy("everyone with an account")
OPERATOR = Policy("who runs the installation", anywhere=may_run_installation)
PAYER = Policy("who holds the role of payer", anywhere=lambda by: Role.PAYER in roles_of(by))
REFERRER = Policy("who holds the role of referring physician", anywhere=lambda by: Role.REFERRER in roles_of(by))
NAVIGATOR = Policy("who brings people into cases", anywhere=may_invite)


def in_case(permission: Permission) -> Policy:
    """Those who take part in the case of the address and whose role there may do this."""
    return Policy(f"takes part in the case and may {permission}", permission=permission)
