"""The trail: never changed, never left out, never telling what it must not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from django.core import mail
from django.db import InternalError, ProgrammingError, connection, transaction

from overread.workflow.audit import chain, signing
from overread.workflow.audit.actions import record
from overread.workflow.audit.actors import System
from overread.workflow.audit.models import AuditRow
from overread.workflow.audit.queries import first_break
from overread.workflow.messaging import actions as messaging
from overread.workflow.outcomes import actions as outcomes
from overread.workflow.privacy import Privacy
from tests.factories.cases import World
from tests.security.privacy_words import private_words

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
BY = System("tests")


# append-only


REFUSED = {
    "change": "UPDATE audit_auditrow SET action = 'x'",
    "remove": "DELETE FROM audit_auditrow",
    "empty": "TRUNCATE audit_auditrow",
}


@pytest.mark.django_db
@pytest.mark.parametrize("statement", REFUSED.values(), ids=REFUSED)
def test_the_database_itself_refuses_even_its_superuser(statement: str) -> None:
    record(action="tests.done", by=BY, now=NOW)
    with pytest.raises((ProgrammingError, InternalError), match="append-only"), transaction.atomic():
        connection.cursor().execute(statement)
    assert AuditRow.objects.get().action == "tests.done"


@pytest.mark.parametrize("statement", REFUSED.values(), ids=REFUSED)
def test_the_application_has_not_even_the_right(application_connection: Any, statement: str) -> None:
    with transaction.atomic():
        record(action="tests.done", by=BY, now=NOW)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        application_connection.execute(statement)
    assert application_connection.execute("SELECT action FROM audit_auditrow").fetchall() == [("tests.done",)]


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE audit_auditrow DISABLE TRIGGER ALL",
        "DROP TRIGGER audit_no_change ON audit_auditrow",
        "SET session_replication_role = replica",
    ],
)
def test_the_application_cannot_take_the_guard_away(application_connection: Any, statement: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        application_connection.execute(statement)


@pytest.mark.django_db(transaction=True)
def test_a_row_outside_of_a_transaction_is_refused() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        record(action="tests.done", by=BY, now=NOW)


# the chain


def rows(count: int = 5) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for i in range(1, count + 1):
        fields = {name: f"{name} {i}" for name in chain.COVERED} | {"sequence": i, "detail": {"to": i}}
        previous = made[-1]["digest"] if made else chain.START
        made.append({**fields, "previous": previous, "digest": chain.digest(previous, fields)})
    return made


def test_a_whole_chain_has_no_break() -> None:
    assert chain.first_break(rows()) is None
    assert chain.first_break([]) is None


@pytest.mark.parametrize("name", (*chain.COVERED, "previous", "digest"))
def test_a_changed_field_is_found(name: str) -> None:
    changed = rows()
    changed[2][name] = 99 if name == "sequence" else "x"
    assert chain.first_break(changed) in (3, 99)


def test_a_removed_a_moved_and_a_repeated_row_are_found() -> None:
    whole = rows()
    assert chain.first_break(whole[:2] + whole[3:]) == 4
    assert chain.first_break([whole[1], whole[0], *whole[2:]]) == 2
    assert chain.first_break([*whole[:2], whole[1], *whole[2:]]) == 2
    assert chain.first_break(whole[1:]) == 2


@pytest.mark.django_db
def test_tampering_below_the_triggers_is_found() -> None:
    """By whoever owns the machine: the triggers switched off, one word changed, and on again."""
    key = str(World().opened().case.key)
    assert first_break(key) is None
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE audit_auditrow SET by_key = 'somebody else' WHERE chain = %s AND sequence = 2", [key])
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")
    assert first_break(key) == 2


def test_a_signature_belongs_to_its_digest_and_its_key() -> None:
    digest, other = "ab" * 32, "cd" * 32
    signature, key = signing.sign(digest), signing.public_key()
    assert signing.verify(digest, signature, key)
    assert not signing.verify(other, signature, key)
    assert not signing.verify(digest, ("11" if signature.startswith("00") else "00") + signature[2:], key)
    assert not signing.verify(digest, signature, "00" * 32)
    assert not signing.verify(digest, "not hexadecimal", key)


# the mail


@pytest.mark.django_db
def test_no_mail_tells_more_than_that_there_is_news(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        world = World().signed()
        messaging.write(case=world.case, text="The nodes are free of tumour.", by=world.patient, now=world.now())
        later = world.now() + timedelta(days=31)
        asked = outcomes.schedule(case=world.case, by=BY, now=world.now())
        outcomes.ask(follow_up=asked, by=BY, now=later)
    private = private_words(Privacy.HEALTH, Privacy.IDENTITY)
    assert len(mail.outbox) > 3
    for sent in mail.outbox:
        assert [text for text in private if text in f"{sent.subject} {sent.body}"] == []
        assert len(sent.to) == 1
        assert not sent.attachments
