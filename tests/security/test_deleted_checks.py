"""No permission check is idle: without any one of them, or with any one rule answering yes, a table is violated."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType
from typing import Any

import pytest
import yaml

from overread.workflow.cases import visibility
from overread.workflow.errors import WorkflowError
from tests.security import visibility_rows
from tests.security.attempts import ROOMS, is_refused, is_refused_by_itself, module_of, tried
from tests.security.looks import seen
from tests.security.worlds import Installation, expand

pytestmark = pytest.mark.django_db
HERE = Path(__file__).parent
ACTIONS: dict[str, str] = yaml.safe_load((HERE / "actions.yaml").read_text())
QUERIES: dict[str, str] = yaml.safe_load((HERE / "queries.yaml").read_text())


# what could be deleted


def checks() -> Iterator[tuple[str, str, str, int]]:
    """Each line that stops somebody: room, module, function, and which of its checks."""
    for room in ROOMS:
        for module in ("actions", "queries"):
            tree = ast.parse(inspect.getsource(module_of(room, module)))
            for function in (n for n in tree.body if isinstance(n, ast.FunctionDef)):
                for i, _ in enumerate(lines_that_require(function)):
                    yield room, module, function.name, i


def lines_that_require(function: ast.FunctionDef) -> list[ast.Expr]:
    return [
        n for n in ast.walk(function) if isinstance(n, ast.Expr) and ast.unparse(n).startswith("permissions.require(")
    ]


def rules() -> Iterator[tuple[str, str]]:
    """Each function of a permissions module that answers yes or no."""
    for room in ROOMS:
        module = module_of(room, "permissions")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            returns = inspect.signature(function).return_annotation
            if function.__module__ == module.__name__ and returns in (bool, "bool"):
                yield room, name


def without(room: str, module: str, name: str, which: int) -> CodeType:
    """The function's code without one of its checks."""
    source = module_of(room, module)
    tree = ast.parse(inspect.getsource(source))
    function = next(n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == name)
    line = lines_that_require(function)[which]
    line.value = ast.copy_location(ast.Constant(None), line.value)
    compiled = compile(tree, str(source.__file__), "exec")
    return next(c for c in compiled.co_consts if isinstance(c, CodeType) and c.co_name == name)


@contextmanager
def replaced(function: Callable[..., Any], code: CodeType) -> Iterator[None]:
    """Changes the function itself, so that whoever imported it meets the change."""
    original = inspect.unwrap(function)
    kept = original.__code__
    original.__code__ = code
    try:
        yield
    finally:
        original.__code__ = kept


YES = (lambda *args, **kwargs: True).__code__


# whether the tables notice


def noticed(installation: Installation, room: str, first: str = "") -> str | None:
    """The first violation of a table, looking at what is nearest first."""
    for action in sorted(ACTIONS, key=lambda a: (a != first, not a.startswith(f"{room}."))):
        expected = expand(ACTIONS[action], installation.actors)
        for who in installation.actors:
            if attempt_violates(installation, action, who, who in expected):
                return f"{who} {action}"
        if action == last_of(room) and (found := noticed_by_queries(installation, room)):
            return found
    return noticed_by_queries(installation, "")


def last_of(room: str) -> str:
    return max((a for a in ACTIONS if a.startswith(f"{room}.")), default="")


def noticed_by_queries(installation: Installation, room: str) -> str | None:
    for name in (n for n in QUERIES if n.startswith(room)):
        expected = expand(QUERIES[name], installation.actors)
        for who in installation.actors:
            if seen(installation, name, who) != (who in expected):
                return f"{who} {name}"
    return None


def attempt_violates(installation: Installation, action: str, who: str, may: bool) -> bool:
    try:
        outcome: WorkflowError | None = tried(installation, action, who)
    except Exception:  # noqa: BLE001 beyond its check an action may fail in any way, which is seen as well
        return True
    return is_refused(outcome) if may else not is_refused_by_itself(action, outcome)


def test_there_are_checks_to_delete() -> None:
    assert len(list(checks())) > 40
    assert len(list(rules())) > 40


@pytest.mark.parametrize(("room", "module", "name", "which"), list(checks()))
def test_a_deleted_check_is_noticed(installation: Installation, room: str, module: str, name: str, which: int) -> None:
    function = getattr(module_of(room, module), name)
    with replaced(function, without(room, module, name, which)):
        assert noticed(installation, room, f"{room}.{name}"), "nothing fails without this check"


@pytest.mark.parametrize(("room", "name"), list(rules()))
def test_a_rule_that_always_says_yes_is_noticed(installation: Installation, room: str, name: str) -> None:
    with replaced(getattr(module_of(room, "permissions"), name), YES):
        assert noticed(installation, room), "nothing fails when this rule says yes to all"


@pytest.mark.parametrize("name", ["may_see", *sorted({rule.__name__ for rule in visibility._RULES.values()})])
def test_a_rule_of_visibility_that_always_says_yes_is_noticed(name: str) -> None:
    with replaced(getattr(visibility, name), YES):
        assert visibility_rows.violations()


@pytest.mark.parametrize("answer", [True, False])
def test_what_covers_everything_or_nothing_is_noticed(answer: bool) -> None:
    code = YES if answer else (lambda *args: False).__code__
    with replaced(visibility.Hidden.covers, code):
        assert visibility_rows.violations()
