"""One installation with a case at every step, and everybody who might try something there."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from overread.workflow.accounts.models import Person
from overread.workflow.accounts.roles import Role
from overread.workflow.audit.actors import Actor, Visitor
from overread.workflow.cases import actions as cases
from overread.workflow.cases.models import Participation
from overread.workflow.cases.visibility import Discipline
from tests.factories.cases import SYSTEM, World

# The steps of the factory, each leaving a case of its own.
STEPS = (
    "opened", "gathered", "understood", "referred", "reviewing", "sealed", "final", "differing", "compared", "drafted", "signed",
    "closed",
)  # fmt: skip
ALSO = {"reviewer": {"second reviewer"}, "operator": {"seated operator"}}
INACTIVE = (Role.NAVIGATOR, Role.OPERATOR)


class ForeignWorld(World):
    """The same roles, held by other people, in a case of their own."""

    def person(self, email: str, role: Role | None = None, name: str = "") -> Person:
        return super().person(f"foreign-{email}", role, name)


@dataclass
class Installation:
    """Cases by step, and actors by the name that the expectation tables give them.

    Actors: each role ("patient") but the operator takes part in every case; "foreign patient" in another case alone; "ended patient"
    took part once; "second reviewer" takes part as reviewer, with no review; "inactive navigator" has a closed
    account; "seated operator" has a place that no action gives; "nobody" has an account and no role; "visitor" has none; "system" is the installation itself.
    """

    base: World
    foreign: World
    actors: dict[str, Actor] = field(default_factory=dict)
    at: dict[str, World] = field(default_factory=dict)

    @classmethod
    def built(cls) -> Installation:
        base = World()
        made = cls(base, ForeignWorld().signed())
        made._gather_actors()
        for step in STEPS:
            made.at[step] = made._brought_to(step)
        Person.objects.filter(email__startswith="inactive-").update(is_active=False)
        for role in INACTIVE:
            made.actors[f"inactive {role}"] = Person.objects.get(email=f"inactive-{role}@example.org")
        return made

    def _gather_actors(self) -> None:
        base = self.base
        self.actors |= {str(role): base[role] for role in Role}
        self.actors |= {f"foreign {role}": self.foreign[role] for role in Role}
        self.actors |= {f"ended {role}": base.person(f"ended-{role}@example.org", role) for role in Role}
        self.actors |= {f"inactive {role}": base.person(f"inactive-{role}@example.org", role) for role in INACTIVE}
        self.actors["second reviewer"] = base.person("second@example.org", Role.REVIEWER)
        self.actors["seated operator"] = base.person("seated-operator@example.org", Role.OPERATOR)
        self.actors["nobody"] = base.person("nobody@example.org")
        self.actors |= {"visitor": Visitor("token"), "system": SYSTEM}

    def _brought_to(self, step: str) -> World:
        world: World = getattr(copy.copy(self.base), step)()
        self.seat(world, self.person("second reviewer"), Role.REVIEWER)
        self.seat(world, self.person("inactive navigator"), Role.NAVIGATOR)
        Participation.objects.create(  # no action gives an operator a place; and if one did, it would show nothing
            case=world.case, person=self.person("seated operator"), role=Role.OPERATOR, joined_at=world.now()
        )
        for role in (r for r in Role if r is not Role.OPERATOR):
            seat = self.seat(world, self.person(f"ended {role}"), role)
            cases.end_participation(participation=seat, by=SYSTEM, now=world.now())
        return world

    @staticmethod
    def seat(world: World, person: Person, role: Role) -> Any:
        more: dict[str, Any] = {}
        if role is Role.REVIEWER:
            more["discipline"] = Discipline.RADIOLOGY
        if role is Role.PROXY:
            more["authority"] = "recorded"
        return cases.add_participant(case=world.case, person=person, role=role, by=SYSTEM, now=world.now(), **more)

    def person(self, name: str) -> Person:
        found = self.actors[name]
        assert isinstance(found, Person)
        return found


def expand(names: str, actors: dict[str, Actor]) -> set[str]:
    """``any patient`` stands for whoever holds the role, in whatever case; ``everyone`` for all."""
    found: set[str] = set()
    for name in filter(None, (n.strip() for n in (names or "").split(","))):
        if name == "everyone":
            found |= set(actors)
        elif name == "people":
            found |= {n for n, actor in actors.items() if isinstance(actor, Person)}
        elif name.startswith("any "):
            role = name.removeprefix("any ")
            found |= {role, f"foreign {role}", f"ended {role}"} | ALSO.get(role, set())
        else:
            assert name in actors, f"the table names “{name}”, whom nobody knows"
            found.add(name)
    return found


class _Undo(Exception):
    pass


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside leaves no trace in the database."""
    try:
        with transaction.atomic():
            yield
            raise _Undo
    except _Undo:
        pass
