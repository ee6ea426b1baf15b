"""Who acts: a Person (``accounts``), a Visitor without an account, or the System itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class Actor(Protocol):
    """Anything an action can be done ``by``."""

    @property
    def audit_kind(self) -> str: ...

    @property
    def audit_key(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who is not signed in, known by a random token of their session."""

    token: str

    @property
    def audit_kind(self) -> str:
        return "visitor"

    @property
    def audit_key(self) -> str:
        return self.token


@dataclass(frozen=True, slots=True)
class System:
    """The installation acting by itself: a job, a command of the operator, the demo."""

    name: str

    @property
    def audit_kind(self) -> str:
        return "system"

    @property
    def audit_key(self) -> str:
        return self.name
