"""Two worlds that are equal in all that a blinded reviewer may see, and differ in what is hidden from them.

Keys, clock, tokens, nonces and sessions come from seeds that belong to the step being built, so that what is hidden can
differ, be absent or be corrected without shifting anything else. Nothing is normalised before comparing.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from unittest import mock

from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from overread.clinical.record import FIELDS, Domain, Fact, FieldSpec, Kind, Method, Provenance
from overread.web.routing import METHODS
from overread.workflow.accounts import actions as accounts
from overread.workflow.accounts.models import Notice, Person
from overread.workflow.accounts.roles import Role
from overread.workflow.cases import actions as cases
from overread.workflow.cases.models import Case
from overread.workflow.cases.transitions import Move
from overread.workflow.cases.visibility import HIDDEN_FROM, Discipline
from overread.workflow.facts import actions as facts
from overread.workflow.facts.models import FactRow, SubjectRow
from overread.workflow.intake import actions as intake
from overread.workflow.materials import actions as materials
from overread.workflow.materials.transitions import LetterKind
from overread.workflow.messaging import actions as messaging
from overread.workflow.referrals import actions as referrals
from overread.workflow.reviews import actions as reviews
from overread.workflow.scheduling import actions as scheduling
from tests.factories.cases import OPINION, SYSTEM
from tests.interop.dicom.synthetic import ROOT, as_bytes, ct_slice
from tests.interop.slides.synthetic import aperio
from tests.security.addresses import routes

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LATER = START + timedelta(days=3)


# seeds


@dataclass
class Seeds:
    """Randomness and time, set anew by each step."""

    source: random.Random = field(default_factory=lambda: random.Random("start"))
    now: datetime = START

    def set(self, name: str, minute: int = 0) -> None:
        self.source = random.Random(name)
        self.now = START + timedelta(minutes=minute)

    def bytes(self, size: int) -> bytes:
        return self.source.randbytes(size)


@contextmanager
def seeded() -> Iterator[Seeds]:
    """Everything that is random or tells the time comes from the seeds."""
    seeds = Seeds()
    at_once: Callable[..., None] = lambda call, **_: call()  # noqa: E731 mail is sent although the world is undone
    clock = SimpleNamespace(time=lambda: LATER.timestamp())
    with ExitStack() as stack:
        for name, value in (
            ("uuid.os", SimpleNamespace(urandom=seeds.bytes)),
            ("secrets.choice", lambda letters: seeds.source.choice(letters)),
            ("secrets.token_urlsafe", lambda size=16: seeds.bytes(size).hex()),
            ("django.utils.timezone.now", lambda: LATER),
            ("django.http.response.time", clock),
            ("django.contrib.sessions.middleware.time", clock),
            ("django.core.signing.time", clock),
            ("django.utils.cache.time", clock),
            ("django.db.transaction.on_commit", at_once),
        ):
            stack.enter_context(mock.patch(name, value))
        yield seeds


# what is hidden


@dataclass(frozen=True)
class Secret:
    """One way in which the hidden part of a case can be. The empty one hides nothing at all."""

    words: str = ""
    facts: int = 0  # of each hidden field
    value: int = 0  # which of the possible values
    corrected: bool = False
    people: str = ""
    opinion: bool = False
    image_words: str = ""
    names: str = ""  # whom the hidden reports say they are about


NAME = "Patient Name: Rivera, Ana\n"
BORN, NUMBER = "DOB: 04/25/1961\n", "MRN: 778812\n"
# The first and the second do not prove to be about one person: only a hidden one could link them. The first and the
# third do: only a hidden one could keep them apart.
VISIBLE = {"first": NAME + NUMBER, "second": NAME + BORN, "third": NAME + NUMBER + BORN}
NOTHING = Secret(image_words="CHEST")
SECRETS: dict[str, Secret] = {
    "content": Secret("We propose chemotherapy.", 1, 0, people="Ames", opinion=True, image_words="known carcinoma"),
    "other content": Secret("Watchful waiting.", 1, 1, people="Zola", opinion=True, image_words="benign granuloma"),
    "length": Secret("very long " * 300, 4, 1, people="Montgomery-Featherstonehaugh", image_words="x" * 60),
    "amendment": Secret(
        "We propose chemotherapy.", 1, 0, corrected=True, people="Ames", opinion=True, image_words="scar"
    ),
    "a link between two visible sources": Secret("Hidden.", 1, people="Ames", names=NAME + NUMBER + BORN),
    "a contradiction of one visible source": Secret(
        "Hidden.", 1, people="Ames", names=f"{NAME}{NUMBER}DOB: 01/22/1999\n"
    ),
}


def hidden_fields(discipline: Discipline) -> list[FieldSpec]:
    covered = HIDDEN_FROM[discipline]
    return [s for s in FIELDS.values() if any(h.covers(s.domain, s.nature) for h in covered)] + [
        FIELDS["patient_question"]
    ]


def value_of(spec: FieldSpec, which: int) -> Any:
    """A value that the field takes; ``which`` chooses among different ones."""
    if spec.kind is Kind.CHOICE:
        return spec.choices[which % len(spec.choices)]
    if spec.kind is Kind.NUMBER:
        return 3 + which
    if spec.kind is Kind.FLAG:
        return which % 2 == 0
    if spec.kind is Kind.DATE:
        return f"2026-01-0{1 + which % 9}"
    if spec.kind is Kind.CODE:
        return None
    stages = {
        "t": ("T3", "T1"),
        "n": ("N0", "N2"),
        "m": ("M0", "M1"),
        "stage_group": ("IIA", "IV"),
        "edition": ("8", "7"),
    }
    return stages.get(spec.name, (f"{spec.name} is bad", f"{spec.name} is good"))[which % 2]


# the world


@dataclass
class Twin:
    """One of the worlds, built step by step. Steps that hide something have seeds of their own."""

    seeds: Seeds
    discipline: Discipline
    secret: Secret
    case: Case = field(init=False)
    people: dict[str, Person] = field(default_factory=dict)
    keys: dict[str, Any] = field(default_factory=dict)
    minute: int = 0

    def step(self, name: str) -> datetime:
        """Its own seeds and time; what is hidden happens between the steps that are not."""
        self.minute += 0 if name.startswith("hidden") else 10
        self.seeds.set(name, self.minute + (5 if name.startswith("hidden") else 0))
        return self.seeds.now

    def build(self) -> Twin:
        same_sequences()
        self._people()
        self._opened()
        self._hidden("before")
        self._visible()
        self._hidden("between")
        self._referred()
        self._hidden("after")
        return self

    def _people(self) -> None:
        now = self.step("people")
        self.house = accounts.create_organisation(name="North Hospital", by=SYSTEM, now=now)
        for role in (Role.NAVIGATOR, Role.PATIENT, Role.REVIEWER, Role.BOARD, Role.PROXY, Role.REFERRER, Role.PAYER):
            self.people[role] = self._person(role, "" if role is Role.REVIEWER else self.secret.people)
        self.people["other"] = self._person(Role.REVIEWER, self.secret.people, "other")

    def _person(self, role: Role, secret: str, name: str = "") -> Person:
        email = f"{name or role}{secret.lower()}@example.org"
        made = accounts.create_person(
            email=email, name=f"Dr. {name or role} {secret}", by=SYSTEM, now=self.seeds.now
        )  # fmt: skip
        accounts.grant_role(person=made, role=role, organisation=self.house, by=SYSTEM, now=self.seeds.now)
        return made

    def _opened(self) -> None:
        now = self.step("opened")
        title = f"My {self.secret.words}"[:200] if self.secret.words else ""
        self.case = cases.open_case(
            organisation=self.house, title=title, role=Role.PATIENT, assessment={"tumour": self.secret.words},
            by=self.people[Role.PATIENT], now=now,
        )  # fmt: skip
        cases.add_participant(
            case=self.case, person=self.people[Role.NAVIGATOR], role=Role.NAVIGATOR, by=SYSTEM, now=now
        )

    def _visible(self) -> None:
        """What the blinded reviewer reads: cleared reports and questions, facts of other domains, an image."""
        for i, name in enumerate(VISIBLE):
            now = self.step(f"visible report {name}")
            text = f"{VISIBLE[name]}Report {name}. Procedure of the {name} kind. ECOG performance status: {i}."
            kept = self._add(text.encode(), f"{name}.txt", now)
            intake.clear(file=kept, domain=Domain.CLINICAL, by=self.people[Role.NAVIGATOR], now=now)
            self.keys[f"file visible {i}"] = kept.key
        self.step("visible facts")
        read = FactRow.objects.filter(case=self.case, file__name="first.txt").select_related(
            "subject", "file", "stated"
        )[0]
        subject = read.subject
        facts.name_patient(subject=subject, by=self.people[Role.NAVIGATOR], now=self.seeds.now)
        self.keys["subject"] = subject.key
        hidden = {s.name for s in hidden_fields(self.discipline)}
        seen = [s for s in FIELDS.values() if s.name not in hidden and s.kind is not Kind.CODE]
        told = [Fact(s.name, value_of(s, 0), SOURCE) for s in seen]
        facts._keep(self.case, subject, read.file, told, self.seeds.now, stated=read.stated)
        self._ask("visible question", "May I travel?", cleared=True)
        self.step("image")
        image = ct_slice(StudyDescription=self.secret.image_words, SeriesDescription=self.secret.image_words[:60],
                         ImageComments=self.secret.image_words, InstitutionName=self.secret.people,
                         ReferringPhysicianName=self.secret.people,
                         PatientName=self.secret.people or "Doe^Jane", PatientID=self.secret.people or "S-1",
                         AccessionNumber=self.secret.people[:16])  # fmt: skip
        self.keys["file image"] = self._add(as_bytes(image), f"CT {self.secret.words}.dcm", self.seeds.now).key
        now = self.step("slide")  # equal tissue; other words on its label, in its description and its name
        slide = aperio(label=self.secret.image_words + self.secret.people)
        self.keys["slide visible"] = self._add(slide, f"{self.secret.words}.svs"[-200:], now).key

    def _referred(self) -> None:
        navigator, reviewer = self.people[Role.NAVIGATOR], self.people[Role.REVIEWER]
        for to in (Move.RECORDS_READY, Move.UNDERSTOOD):
            self.case = cases.move(case=self.case, to=to, by=navigator, now=self.step(f"move {to}"))
        asked = referrals.refer(
            case=self.case, person=reviewer, discipline=self.discipline, by=navigator, now=self.step("refer")
        )
        self.keys["referral"] = asked.key
        self.review = reviews.accept(referral=asked, by=reviewer, now=self.step("accept"))
        if self.secret.opinion:
            self._other_reviewer(navigator)

    def _other_reviewer(self, navigator: Person) -> None:
        """Somebody else reads the same case, and seals."""
        other = self.people["other"]
        asked = referrals.refer(
            case=self.case, person=other, discipline=Discipline.RADIOLOGY, by=navigator, now=self.step("hidden refer")
        )
        review = reviews.accept(referral=asked, by=other, now=self.step("hidden accept"))
        content = OPINION | {"comment": self.secret.words}
        reviews.save_draft(review=review, content=content, by=other, now=self.step("hidden draft"))
        reviews.seal(review=review, by=other, now=self.step("hidden seal"))
        self.keys |= {"hidden referral": asked.key}

    def _hidden(self, when: str) -> None:
        """Everything that the reviewer must not learn of, at three moments, so that nothing shifts what follows."""
        now = self.step(f"hidden {when}")
        if not self.secret.words:
            return
        navigator, patient = self.people[Role.NAVIGATOR], self.people[Role.PATIENT]
        words = f"{self.secret.names}Case {when}. {self.secret.words}"
        report = self._add(words.encode(), f"{self.secret.words}.txt"[-200:], now)
        self.keys[f"hidden file {when}"] = report.key
        self.keys[f"hidden refused {when}"] = self._add(b"%PDF-broken" + words.encode(), "broken.pdf", now).key
        self._ask(f"hidden question {when}", f"Is it {self.secret.words}?", cleared=False)
        everybody = SubjectRow.objects.filter(case=self.case).order_by("-is_patient", "pk")
        subject = everybody[0]
        self._hidden_facts(subject, report, when)
        self._correspondence(when, navigator, patient)

    def _hidden_facts(self, subject: SubjectRow, report: Any, when: str) -> None:
        self.step(f"hidden facts {when}")
        told = [
            Fact(s.name, value_of(s, self.secret.value + i), SOURCE)
            for s in hidden_fields(self.discipline)
            if s.kind is not Kind.CODE
            for i in range(self.secret.facts)
        ]
        self._facts(subject, report, told)
        rows = FactRow.objects.filter(case=self.case, file=report, provenance__quote="hidden words")
        self.keys[f"hidden fact {when}"] = rows[0].key
        if self.secret.corrected:
            for row in list(rows):
                value = str(value_of(FIELDS[row.field], 1))
                facts.correct(
                    fact=row, value=value, reason="Misread.", by=self.people[Role.NAVIGATOR], now=self.seeds.now
                )

    def _correspondence(self, when: str, navigator: Person, patient: Person) -> None:
        now, words = self.step(f"hidden letters {when}"), self.secret.words
        messaging.write(case=self.case, text=words, by=patient, now=now)
        letter = materials.write_letter(
            case=self.case, kind=LetterKind.RECORDS, recipient=f"{self.secret.people} Clinic", by=patient, now=now,
            content={"patient": "A", "birth_date": "1961-04-05", "details": words},
        )  # fmt: skip
        self.keys[f"hidden letter {when}"] = letter.key
        piece = materials.expect_material(
            case=self.case, kind="slide", accession=words[:90], holder=self.secret.people, by=navigator, now=now
        )
        self.keys[f"hidden material {when}"] = piece.key
        scheduling.arrange(case=self.case, at=LATER, by=navigator, now=now)
        board = reviews.open_board(case=self.case, question=words, by=navigator, now=now)
        self.keys[f"hidden board {when}"] = board.key

    # small steps

    def _add(self, data: bytes, name: str, now: datetime) -> Any:
        kept = intake.receive(case=self.case, chunks=[data], name=name, by=self.people[Role.PATIENT], now=now)
        return facts.read_file(file=kept, by=SYSTEM, now=now)

    def _ask(self, name: str, text: str, *, cleared: bool) -> None:
        now = self.step(name)
        question = cases.ask(case=self.case, text=text, by=self.people[Role.PATIENT], now=now)
        self.keys[name] = question.key
        if cleared:
            cases.clear_question(question=question, by=self.people[Role.NAVIGATOR], now=now)

    def _facts(self, subject: SubjectRow, file: Any, told: Sequence[Fact]) -> None:
        facts._keep(self.case, subject, file, told, self.seeds.now)


SOURCE = Provenance("source", Method.TEXT, quote="hidden words", author="Dr. First")


def same_sequences() -> None:
    """Numbers that the database counts up start alike in both worlds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT c.oid::regclass::text FROM pg_class c WHERE relkind = 'S'")
        for (name,) in cursor.fetchall():
            cursor.execute("SELECT setval(%s, 1000)", [name])


# what the reviewer gets

Answers = dict[str, tuple[Any, ...]]


def answers(twin: Twin, keys: Mapping[str, Any], only: Sequence[str] = ()) -> Answers:
    """Status, headers and body of everything that the reviewer can ask for, and the mail and notices they got."""
    browser = Client(raise_request_exception=False)
    twin.seeds.set("sign in")
    reviewer = Person.objects.get(pk=twin.people[Role.REVIEWER].pk)
    browser.force_login(reviewer)
    found: Answers = {}
    for name, method, address in requests(twin, keys):
        if only and name.split(" ")[0] not in only:
            continue
        twin.seeds.set(f"{method} {name}")
        with undone_request():
            response = browser.generic(method, address, *body_of(method))
            cookies = {k: v.OutputString() for k, v in response.cookies.items()}
            found[f"{method} {name}"] = (
                response.status_code,
                sorted(response.headers.items()),
                cookies,
                response.content,
            )
    sent = [m for m in mail.outbox if reviewer.email in m.to]
    found["mail"] = tuple((m.subject, m.body, m.from_email, m.to, m.extra_headers, m.attachments) for m in sent)
    notices = Notice.objects.filter(person=reviewer).order_by("made_at", "kind")
    found["notices"] = tuple((n.key, n.kind, n.case_key, n.made_at) for n in notices)
    return found


def body_of(method: str) -> tuple[bytes, str]:
    return (
        (b"comment=Mine&save=1&t=T2&reason=Because&decision=keep", "application/x-www-form-urlencoded")
        if (method == "POST")
        else (b"", "application/octet-stream")
    )


class _Undo(Exception):
    pass


@contextmanager
def undone_request() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
            raise _Undo
    except _Undo:
        pass


OBJECTS = {
    "file": "file", "letter": "letter", "material": "material", "board": "board", "question": "question",
    "slide": "slide", "subject": "subject", "participation": "participation", "fact": "fact", "referral": "referral", "report": "report",
}  # fmt: skip
UIDS = {"study": f"{ROOT}.1", "series": f"{ROOT}.1.1", "instance": f"{ROOT}.1.1.1", "numbers": "1"}
PLACE = {"level": 10, "column": 0, "row": 0}
ELSEWHERE = {
    "person": uuid.UUID(int=4),
    "token": "unknown",
    "name": "entry.json",
    "folder": "staging",
    "number": 1,
} | PLACE


def requests(twin: Twin, keys: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Every route by its methods, for each object of either world: name, method, address."""
    for pattern, name in routes():
        if name not in METHODS or name.startswith("reference"):
            continue
        wanted = [part.split(">")[0].split(":")[-1] for part in pattern.split("<")[1:]]
        kind = next((w for w in wanted if w in OBJECTS), None)
        chosen = {k: v for k, v in keys.items() if kind and kind in k.split()} if kind else {"": None}
        for label, key in (chosen or {"missing": uuid.UUID(int=9)}).items():
            given = UIDS | ELSEWHERE | {"case": twin.case.key} | ({kind: key} if kind else {})
            address = reverse(name, kwargs={w: given.get(w, uuid.UUID(int=9)) for w in wanted})
            for method in METHODS[name]:
                yield f"{name} {label}".strip(), method, address
