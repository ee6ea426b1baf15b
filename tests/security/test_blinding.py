"""A blinded reviewer gets the same answers, byte for byte, whatever is hidden from them."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest
from django.core import mail
from django.db import transaction

from overread.web.viewer import views as viewer
from overread.workflow.cases.visibility import Discipline
from tests.security.leaks import LEAKS, MAIL
from tests.security.twins import NOTHING, SECRETS, Answers, Secret, Twin, answers, seeded

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, "django.request")


@pytest.fixture(autouse=True)
def built_viewer(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    (tmp_path / "entry.json").write_text('{"script": "a.js", "style": "a.css", "decoder": "b.js"}')
    monkeypatch.setattr(viewer, "BUILD", tmp_path)
    viewer._names.cache_clear()
    yield
    viewer._names.cache_clear()


def keys_of_all(discipline: Discipline, secrets: Sequence[Secret]) -> dict[str, Any]:
    """The keys of every object in any of the worlds, so that what is absent from one is asked for as well."""
    found: dict[str, Any] = {}
    for secret in secrets:
        with world(discipline, secret) as twin:
            found |= twin.keys
    return found


class world:
    """One of the worlds, there only inside."""

    def __init__(self, discipline: Discipline, secret: Secret) -> None:
        self.discipline, self.secret = discipline, secret

    def __enter__(self) -> Twin:
        mail.outbox.clear()
        self.seeds = seeded()
        seeds = self.seeds.__enter__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        return Twin(seeds, self.discipline, self.secret).build()

    def __exit__(self, *error: object) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)
        self.seeds.__exit__(None, None, None)


def differences(one: Answers, other: Answers) -> list[str]:
    assert set(one) == set(other)
    return [name for name in one if one[name] != other[name]]


@pytest.mark.parametrize("discipline", Discipline)
def test_what_is_hidden_changes_no_answer(discipline: Discipline) -> None:
    keys = keys_of_all(discipline, [SECRETS["content"], NOTHING])
    with world(discipline, NOTHING) as twin:
        bare = answers(twin, keys)
    assert sum(a[0] == 200 for a in bare.values() if isinstance(a[0], int)) > 20
    assert not [name for name, a in bare.items() if a and a[0] == 500]
    for name, secret in SECRETS.items():
        with world(discipline, secret) as twin:
            assert differences(bare, answers(twin, keys)) == [], name


# planted leaks

PLANTED = (NOTHING, SECRETS["content"])


@pytest.fixture(scope="module")
def leaking(django_db_setup: None, django_db_blocker: Any) -> dict[str, list[Answers]]:
    """For each leak what the reviewer gets with it, in a world that hides nothing and in one that hides much."""
    found: dict[str, list[Answers]] = {name: [] for name in LEAKS}
    with django_db_blocker.unblock():
        keys = keys_of_all(Discipline.PATHOLOGY, PLANTED)
        for secret in PLANTED:
            with world(Discipline.PATHOLOGY, secret) as twin:
                for name, leak in LEAKS.items():
                    with leak.planted():
                        found[name].append(answers(twin, keys, leak.seen_at))
    return found


@pytest.mark.parametrize("name", sorted(LEAKS))
def test_a_planted_leak_is_found(leaking: dict[str, list[Answers]], name: str) -> None:
    one, other = leaking[name]
    assert {changed.split(" ")[1] for changed in differences(one, other)} & set(LEAKS[name].seen_at)


def test_a_leak_planted_in_the_mail_is_found() -> None:
    found = []
    for secret in PLANTED:
        with MAIL.planted(), world(Discipline.PATHOLOGY, secret) as twin:
            found.append(answers(twin, {}, ["about"]))
    assert differences(*found) == ["mail"]


def explain(one: Mapping[str, Any], other: Mapping[str, Any], name: str) -> str:
    """For whoever looks into a failure: where two answers part."""
    a, b = repr(one[name]), repr(other[name])
    at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return f"{name}:\n  {a[max(0, at - 150) : at + 150]}\n  {b[max(0, at - 150) : at + 150]}"
