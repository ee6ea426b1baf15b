"""All writes to received files."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction

from overread.clinical.record import Domain, Nature
from overread.interop.documents import TextDocument

from ..accounts.models import Person
from ..audit.actions import record
from ..audit.actors import Actor, System
from ..cases.actions import hold
from ..cases.models import Case
from ..cases.transitions import State, accepts_records
from ..errors import Invalid, WrongState
from . import permissions, places, store
from .models import Instance, ReceivedFile, TextOfFile, WordPlaces
from .sorting import Refused, Sorted, sort
from .transitions import FileState, Verdict, after

OUR_FAULT = (
    "Overread failed to read this file. The original is kept. Please tell the navigator, or send it in another form."
)


def receive(*, case: Case, chunks: Iterable[bytes], name: str, by: Actor, now: datetime) -> ReceivedFile:
    """Keep a file of the case in quarantine. The bytes are on disk before the row says so.

    The same bytes twice are one file. Raises Invalid for an empty or too large one; nothing is kept of it.
    """
    permissions.require(permissions.may_add(by, case))
    stored = store.keep(chunks, limit=settings.UPLOAD_LIMIT_BYTES)
    return _register(case=case, stored=stored, name=name, by=by, now=now)


@transaction.atomic
def _register(*, case: Case, stored: store.Stored, name: str, by: Actor, now: datetime) -> ReceivedFile:
    held = hold(case)
    if not accepts_records(State(held.state)):
        raise WrongState(
            "The case takes no records now.", "Before its start a doctor has to agree; after its end, open a new one."
        )
    known = ReceivedFile.objects.filter(case=held, sha256=stored.sha256).exclude(state=FileState.REFUSED).first()
    if known:
        return known
    file = ReceivedFile.objects.create(
        case=held, name=clean_name(name), size=stored.size, sha256=stored.sha256, state=FileState.QUARANTINED,
        received_by=by if isinstance(by, Person) else None, received_at=now,
    )  # fmt: skip
    detail = {"sha256": stored.sha256, "size": stored.size}
    record(action="intake.received", by=by, now=now, case_key=held.key, about=("file", file.key), detail=detail)
    return file


@transaction.atomic
def examine(*, file: ReceivedFile, by: System, now: datetime) -> tuple[ReceivedFile, Sorted | None]:
    """Look into a quarantined file: it becomes part of the case, or is refused with a reason."""
    permissions.require(permissions.may_examine(by, file.case))
    held = ReceivedFile.objects.select_for_update().get(pk=file.pk)
    after(FileState(held.state), Verdict.ACCEPT)
    found = sort(store.path_of(held.sha256), held.name)
    found = _already_there(held, found)
    if isinstance(found, Refused):
        return _refuse(held, found, by=by, now=now), None
    return _accept(held, found, by=by, now=now), found


def _already_there(file: ReceivedFile, found: Sorted | Refused) -> Sorted | Refused:
    """An image with the same identifier but other bytes would silently replace the first one."""
    instance = found.instance if isinstance(found, Sorted) else None
    if instance and Instance.objects.filter(case=file.case, sop_uid=instance.sop_uid).exists():
        return Refused(
            "Another image with the same identifier is already in the case.",
            "If this one is a correction, ask the navigator which of the two is right.",
        )
    return found


def _accept(file: ReceivedFile, found: Sorted, *, by: Actor, now: datetime) -> ReceivedFile:
    file.state, file.kind = FileState.ACCEPTED, found.kind
    file.domain, file.nature, file.examined_at = found.domain, found.nature, now
    file.reason = found.not_kept
    file.save(update_fields=["state", "kind", "domain", "nature", "examined_at", "reason"])
    if found.text:
        _keep_words(file, found.text)
    if found.instance:
        _index(file, found.instance)
    about, detail = ("file", file.key), {"kind": found.kind}
    record(action="intake.accepted", by=by, now=now, case_key=file.case.key, about=about, detail=detail)
    return file


def _keep_words(file: ReceivedFile, text: TextDocument) -> None:
    TextOfFile.objects.create(file=file, text=text.text, page_starts=list(text.page_starts), method=text.method)
    if text.words:
        WordPlaces.objects.create(file=file, places=places.of(text.words))


def _index(file: ReceivedFile, instance) -> None:  # type: ignore[no-untyped-def]
    Instance.objects.create(
        case=file.case, file=file, study_uid=instance.study_uid, series_uid=instance.series_uid,
        sop_uid=instance.sop_uid, modality=instance.modality or "OT", number=instance.number or 0,
        study_date=instance.study_date or "",
    )  # fmt: skip


def _refuse(file: ReceivedFile, why: Refused, *, by: Actor, now: datetime) -> ReceivedFile:
    file.state = after(FileState(file.state), Verdict.REFUSE)
    file.reason, file.examined_at = f"{why.what} {why.do}".strip(), now
    file.save(update_fields=["state", "reason", "examined_at"])
    record(action="intake.refused", by=by, now=now, case_key=file.case.key, about=("file", file.key))
    digest, key = file.sha256, file.pk
    still_wanted = ReceivedFile.objects.filter(sha256=digest).exclude(state=FileState.REFUSED).exclude(pk=key)
    if not still_wanted.exists():
        transaction.on_commit(lambda: store.remove(digest))
    return file


@transaction.atomic
def set_aside(*, file: ReceivedFile, by: System, now: datetime) -> ReceivedFile:
    """Refuse a file that our own reading fails on. The fault is ours, so the original is kept."""
    permissions.require(permissions.may_examine(by, file.case))
    held = ReceivedFile.objects.select_for_update().get(pk=file.pk)
    held.state = after(FileState(held.state), Verdict.REFUSE)
    held.reason, held.examined_at = OUR_FAULT, now
    held.save(update_fields=["state", "reason", "examined_at"])
    record(action="intake.set_aside", by=by, now=now, case_key=held.case.key, about=("file", held.key))
    return held


@transaction.atomic
def clear(*, file: ReceivedFile, domain: Domain, by: Person, now: datetime) -> ReceivedFile:
    """Let blinded eyes read a document, as belonging to a domain: it was read and gives nothing else away."""
    permissions.require(permissions.may_clear(by, file.case))
    if file.state != FileState.ACCEPTED or file.kind not in ("report", "scan"):
        raise Invalid("Only an accepted report can be cleared.", "Choose a report.")
    file.domain, file.nature = domain, Nature.INTERPRETATION
    file.cleared_by, file.cleared_at = by if isinstance(by, Person) else None, now
    file.save(update_fields=["domain", "nature", "cleared_by", "cleared_at"])
    about, detail = ("file", file.key), {"domain": domain}
    record(action="intake.cleared", by=by, now=now, case_key=file.case.key, about=about, detail=detail)
    return file


@transaction.atomic
def hide(*, file: ReceivedFile, by: Actor, now: datetime) -> ReceivedFile:
    """Take a clearing back: blinded eyes do not see the document any more. What they read before stays read."""
    permissions.require(permissions.may_clear(by, file.case))
    if file.cleared_at is None:
        raise Invalid("Blinded eyes do not see this document.", "Nothing needs to be hidden.")
    file.cleared_by = file.cleared_at = None
    file.save(update_fields=["cleared_by", "cleared_at"])
    record(action="intake.hidden", by=by, now=now, case_key=file.case.key, about=("file", file.key))
    return file


def clean_name(name: str) -> str:
    """The file's own name, without folders and control characters; ``file`` when nothing is left."""
    base = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in base if c.isprintable())[:255].strip() or "file"
