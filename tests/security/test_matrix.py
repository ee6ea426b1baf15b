"""Every address by every method for everybody, held to a table written by hand."""

from __future__ import annotations

import functools
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.test import Client
from django.urls import reverse

import overread.config.urls  # noqa: F401 the table of policies is filled as the addresses are made
from overread.web import routing
from overread.web.routing import METHODS, POLICIES
from overread.web.viewer import views as viewer
from overread.workflow.accounts.roles import ROLES, Role
from tests.security.addresses import FRAMEWORK, MISSING, PARTICIPANTS, Furnished, Row, asked, became_of, clients, routes
from tests.security.test_deleted_checks import replaced
from tests.security.worlds import Installation, expand, undone

pytestmark = pytest.mark.django_db
HERE = Path(__file__).parent
TABLE: dict[str, str] = yaml.safe_load((HERE / "matrix.yaml").read_text())
OPEN: set[str] = set(yaml.safe_load((HERE / "framework.yaml").read_text())["open_to_visitors"])
EVERY_METHOD = ("GET", "POST", "PUT", "PATCH", "DELETE")
STEPS = ("reviewing", "sealed", "drafted", "signed")
# Role by role, whom the table's names stand for; "second reviewer" is one as well.
ROLE_NAMES = {str(role) for role in Role}


class Matrix:
    """The table beside the installation it speaks of."""

    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        self.rows = {name: Row.parse(name, line, self.who) for name, line in TABLE.items()}
        self.cases = {step: Furnished.of(installation.at[step]) for step in STEPS}
        self.browsers = clients(installation)

    def who(self, names: str) -> set[str]:
        listed = [n.strip() for n in names.split(",")]
        spelt = ", ".join(", ".join(PARTICIPANTS) if n == "participants" else n for n in listed)
        return expand(spelt, self.installation.actors) - {"system"}

    def expected(self, row: Row, who: str) -> str:
        signed_in = who != "visitor" and not who.startswith("inactive")
        if row.name.split(" ")[0] in PUBLIC or signed_in:
            if who in row.answered:
                return "answered"
            if who in row.nothing:
                return "nothing"
        if not signed_in:
            return "sign in"
        return "nothing" if "case" in self.cases["reviewing"].named(row) and who not in PARTICIPANTS else "refused"

    def violations(self, row: Row) -> Iterator[str]:
        address = self.cases[row.at].address(row)
        for method in row.methods:
            for who, browser in self.browsers.items():
                with undone():
                    found = became_of(browser, method, address, row.route)
                if found != (wanted := self.expected(row, who)):
                    yield f"{method} {address} by {who}: {found}, not {wanted}"


PUBLIC = {name.split(" ")[0] for name, line in TABLE.items() if "everyone" in line}


@pytest.fixture(scope="module")
def matrix(installation: Installation) -> Matrix:
    return Matrix(installation)


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    """Thousands of refusals are the point here; each would be a line of the log."""
    caplog.set_level(logging.ERROR, "django.request")


@pytest.fixture(autouse=True)
def built_viewer(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The viewer as if it were built, whether or not it is."""
    build = tmp_path_factory.mktemp("build")
    (build / "entry.json").write_text('{"script": "a.js", "style": "a.css", "decoder": "b.js"}')
    monkeypatch.setattr(viewer, "BUILD", build)
    viewer._names.cache_clear()
    yield
    viewer._names.cache_clear()


def test_every_route_has_a_policy_and_a_row() -> None:
    own = {name for pattern, name in routes() if not pattern.startswith(FRAMEWORK)}
    assert own == set(POLICIES) == set(METHODS)
    assert own == {name.split(" ")[0] for name in TABLE}


def test_the_table_knows_every_method() -> None:
    for name, line in TABLE.items():
        assert set(line.split("|")[0].split()) == set(METHODS[name.split(" ")[0]]), name


@pytest.mark.parametrize("name", sorted(TABLE))
def test_who_gets_an_answer(matrix: Matrix, name: str) -> None:
    assert list(matrix.violations(matrix.rows[name])) == []


@pytest.mark.parametrize("name", sorted(n for n in TABLE if "@" not in n))
def test_the_policy_itself_admits_whom_the_table_admits(matrix: Matrix, name: str) -> None:
    """Apart from what the action behind it would refuse as well."""
    row, policy = matrix.rows[name], POLICIES[name.split(" ")[0]]
    if policy.permission is not None:
        admitted = {str(role) for role, spec in ROLES.items() if policy.permission in spec.permissions}
        assert admitted == (row.answered | row.nothing) & ROLE_NAMES


@pytest.mark.parametrize("route", sorted({name.split(" ")[0] for name in TABLE}))
def test_no_other_method_is_answered(matrix: Matrix, route: str) -> None:
    row = next(r for r in matrix.rows.values() if r.route == route)
    if route == "api:openapi-json":  # the framework's own page gives its description whichever way it is asked
        return
    for method in set(EVERY_METHOD) - {m for r in matrix.rows.values() if r.route in sharing(route) for m in r.methods}:
        with undone():
            found = became_of(matrix.browsers["navigator"], method, matrix.cases[row.at].address(row))
        assert found == ("nothing" if route == "api:api-root" else "no such method"), method


def sharing(route: str) -> set[str]:
    """Routes at one address: the API tells its operations apart by method."""
    patterns = {name: pattern for pattern, name in routes()}
    return {name for name, pattern in patterns.items() if pattern == patterns[route]}


# a foreign case and a missing one


@functools.cache
def in_a_case() -> list[str]:
    return sorted(name for name in TABLE if POLICIES[name.split(" ")[0]].permission is not None and "@" not in name)


def told(browser: Client, method: str, address: str, route: str) -> tuple[int, dict[str, str], bytes]:
    response = asked(browser, method, address, route)
    headers = {k: v for k, v in response.headers.items() if k != "Set-Cookie"}
    return response.status_code, headers, response.content


@pytest.fixture
def same_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tokens and nonces are the same in every answer, so that nothing has to be taken out before comparing."""
    monkeypatch.setattr("secrets.token_urlsafe", lambda size=None: "nonce")
    monkeypatch.setattr("secrets.choice", lambda letters: letters[0])


@pytest.mark.parametrize("name", in_a_case())
def test_a_foreign_case_and_a_missing_one_answer_alike(matrix: Matrix, name: str, same_secrets: None) -> None:
    row, case = matrix.rows[name], matrix.cases["reviewing"]
    for who in ("foreign navigator", "foreign reviewer", "ended reviewer", "nobody", "visitor"):
        browser = matrix.browsers[who]
        for method in row.methods:
            with undone():
                foreign = told(browser, method, case.address(row), row.route)
                missing = told(browser, method, case.address(row, case=MISSING), row.route)
            there = str(case.keys["case"]).encode(), str(MISSING).encode()
            if who == "visitor":  # is sent to sign in, and from there back to where they came from
                foreign = with_replaced(foreign, *there)
            assert foreign == missing, who


def with_replaced(answer: tuple[int, dict[str, str], bytes], old: bytes, new: bytes) -> Any:
    status, headers, body = answer
    changed = {k: v.replace(old.decode(), new.decode()) for k, v in headers.items()}
    return status, changed, body.replace(old, new)


@pytest.mark.parametrize("name", in_a_case())
def test_an_object_of_a_foreign_case_and_a_missing_one_answer_alike(
    matrix: Matrix, name: str, same_secrets: None
) -> None:
    """The foreign navigator asks in their own case for what lies in another."""
    row, case = matrix.rows[name], matrix.cases["reviewing"]
    objects = {"file", "letter", "material", "board", "question", "subject", "fact", "referral", "report"}
    asked_for = [key for key in case.named(row) if key in objects]
    if not asked_for:
        return
    own = matrix.installation.foreign
    for role in (Role.NAVIGATOR, Role.REVIEWER, Role.BOARD):
        browser = matrix.browsers[f"foreign {role}"]
        for method in row.methods:
            with undone():
                foreign = told(browser, method, case.address(row, case=own.case.key), row.route)
                nowhere = case.address(row, case=own.case.key, **dict.fromkeys(asked_for, MISSING))
                missing = told(browser, method, nowhere, row.route)
            assert foreign == missing
            assert foreign[0] in (403, 404)


# the framework's own addresses


def framework() -> list[tuple[str, str]]:
    given = {"key": "x", "uidb36": "1", "pk": 1}
    found = []
    for pattern, name in routes():
        if pattern.startswith(FRAMEWORK):
            names = [n for n in given if f"<{n}>" in pattern or f":{n}>" in pattern]
            found.append((name, reverse(name, kwargs={n: given[n] for n in names})))
    return found


@pytest.mark.parametrize(("name", "address"), framework())
def test_the_frameworks_pages_ask_to_sign_in_unless_they_are_for_that(
    installation: Installation, name: str, address: str
) -> None:
    for method in ("GET", "POST"):
        found = became_of(Client(), method, address)
        if name not in OPEN:
            assert found in ("sign in", "no such method")


def test_the_table_of_the_framework_names_its_routes() -> None:
    assert {name for name, _ in framework()} >= OPEN


# no check of the guard is idle


def noticed(matrix: Matrix) -> bool:
    for name in ("clear-file", "packet", "trail", "installation", "rates", "cases", "case", "api:files", "api:cases"):
        try:
            if next(matrix.violations(matrix.rows[name]), None):
                return True
        except Exception:  # noqa: BLE001 without its guard a view may fail in any way
            return True
    return False


def test_nothing_is_noticed_while_the_guard_is_whole(matrix: Matrix) -> None:
    assert not noticed(matrix)


def _any_case(viewer: Any, key: Any, policy: Any) -> Any:
    from overread.workflow.cases.models import Case

    return Case.objects.get(key=key)


def _no_role(viewer: Any, key: Any, policy: Any) -> Any:
    from overread.workflow.cases.queries import case_for

    return case_for(viewer, key)


@pytest.mark.parametrize("weaker", [_any_case, _no_role])
def test_a_weaker_guard_of_cases_is_noticed(matrix: Matrix, weaker: Any) -> None:
    with replaced(routing.admitted, weaker.__code__):
        assert noticed(matrix)


@pytest.mark.parametrize(("part", "value"), [("signed_in", False), ("anywhere", None), ("permission", None)])
def test_a_policy_of_which_a_part_is_not_asked_is_noticed(matrix: Matrix, part: str, value: object) -> None:
    kept = {name: getattr(policy, part) for name, policy in POLICIES.items()}
    try:
        for policy in POLICIES.values():
            object.__setattr__(policy, part, value)
        assert noticed(matrix)
    finally:
        for name, policy in POLICIES.items():
            object.__setattr__(policy, part, kept[name])
