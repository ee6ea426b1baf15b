"""The real addresses of every route, for a case that holds one of everything."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from overread.workflow.accounts.models import Person
from overread.workflow.cases import actions as cases
from overread.workflow.facts.models import FactRow, SubjectRow
from overread.workflow.reports.models import Report
from overread.workflow.reviews.models import Adjudication
from tests.factories.cases import World
from tests.interop.dicom.synthetic import ROOT, as_bytes, ct_slice
from tests.interop.documents import samples as documents
from tests.interop.slides.synthetic import aperio
from tests.security import attempts
from tests.security.worlds import Installation

FRAMEWORK = "accounts/"
PARTICIPANTS = ("patient", "proxy", "referrer", "navigator", "reviewer", "second reviewer", "board", "payer")
MISSING = uuid.UUID("00000000-0000-4000-8000-000000000000")


def routes() -> Iterator[tuple[str, str]]:
    """Every route of the installation: its address' pattern and its name, with the namespace."""

    def walk(resolver: Any, before: str, space: str) -> Iterator[tuple[str, str]]:
        for entry in resolver.url_patterns:
            if isinstance(entry, URLResolver):
                inner = f"{space}{entry.namespace}:" if entry.namespace else space
                yield from walk(entry, before + str(entry.pattern), inner)
            elif isinstance(entry, URLPattern):
                yield before + str(entry.pattern), f"{space}{entry.name or ''}"

    return walk(get_resolver(), "", "")


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    name: str
    route: str
    variant: str
    at: str
    methods: tuple[str, ...]
    answered: frozenset[str]
    nothing: frozenset[str]

    @classmethod
    def parse(cls, name: str, line: str, who: Any) -> Row:
        methods, answered, *rest = (part.strip() for part in line.split("|"))
        route, _, more = name.partition(" ")
        variant, _, at = more.partition("@")
        nothing = rest[0].removeprefix("nothing for") if rest else ""
        return cls(
            name, route, variant.strip(), at or "reviewing", tuple(methods.split()), frozenset(who(answered)),
            frozenset(who(nothing)),
        )  # fmt: skip


@dataclass
class Furnished:
    """A world with one of everything in its case, and the keys of each."""

    world: World
    keys: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, world: World) -> Furnished:
        made = cls(world)
        uncleared = world.add(b"A second report. Colon, biopsy: adenocarcinoma, stage IV.", "uncleared.txt")
        paper = world.add(documents.pdf("Colon, biopsy: adenocarcinoma."), "paper.pdf")
        image = world.add(as_bytes(ct_slice()), "CT.dcm")
        slide = world.add(aperio(), "slide.svs")
        cases.ask(case=world.case, text="Was it missed?", by=world.patient, now=world.now())
        asked = world.case.reconsiderations.first()
        report = Report.objects.filter(case=world.case).first()
        made.keys = {
            "case": world.case.key,
            "cleared": world.file.key,
            "uncleared": uncleared.key,
            "paper": paper.key,
            "image": image.key,
            "slide": slide.key,
            "letter": attempts.letter(world).key,
            "material": attempts.piece(world).key,
            "board": open_board(world).key,
            "question": world.case.questions.order_by("-asked_at")[0].key,
            "subject": SubjectRow.objects.filter(case=world.case)[0].key,
            "fact": FactRow.objects.filter(case=world.case)[0].key,
            "referral": world.referral.key,
            "report": report.key if report else MISSING,
            "person": world.patient.key,
            "organisation": world.organisation.key,
            "asked": asked.key if asked else MISSING,
            "participation": world.referral.seat.key,
        }
        return made

    def address(self, row: Row, **instead: Any) -> str:
        return reverse(
            row.route, kwargs=dict(self.named(row)) | {k: v for k, v in instead.items() if k in self.named(row)}
        )

    def named(self, row: Row) -> Mapping[str, Any]:
        pattern = next(pattern for pattern, name in routes() if name == row.route)
        given = (
            self.keys
            | CONSTANT
            | OF_ROUTE.get(row.route, {})
            | {"file": self.keys.get(row.variant, self.keys["uncleared"])}
        )
        names = [part.split(">")[0].split(":")[-1] for part in pattern.split("<")[1:]]
        return {name: given.get(name, MISSING) for name in names}


def open_board(world: World) -> Adjudication:
    """A board's question, whatever the step: the action itself would move the case on."""
    return Adjudication.objects.create(case=world.case, question="Which stage?", state="open", opened_at=world.now())


CONSTANT: dict[str, Any] = {
    "key": MISSING,
    "token": "unknown",
    "number": 1,
    "name": "entry.json",
    "study": f"{ROOT}.1",
    "series": f"{ROOT}.1.1",
    "instance": f"{ROOT}.1.1.1",
    "numbers": "1",
    "folder": "staging",
    "level": 10,
    "column": 0,
    "row": 0,
}
OF_ROUTE = {"reference-file": {"folder": "staging", "name": "lung_8"}}
SENT = {"api:add-file": {"file": SimpleUploadedFile("a.txt", b"some words")}}


def clients(installation: Installation) -> dict[str, Client]:
    """A browser for everybody who could have one; a closed account's session is no account's."""
    made = {}
    for who, actor in installation.actors.items():
        if who == "system":
            continue
        made[who] = Client()
        if isinstance(actor, Person):
            made[who].force_login(actor)
    return made


def asked(client: Client, method: str, address: str, route: str = "") -> Any:
    """The answer to a request, which carries nothing but what the address cannot do without."""
    return client.post(address, SENT[route]) if route in SENT and method == "POST" else client.generic(method, address)


def became_of(client: Client, method: str, address: str, route: str = "") -> str:
    """In one word what became of a request."""
    response = asked(client, method, address, route)
    if response.status_code == 401 or (response.status_code == 302 and "/accounts/login/" in response["Location"]):
        return "sign in"
    return {403: "refused", 404: "nothing", 405: "no such method"}.get(response.status_code, "answered")
