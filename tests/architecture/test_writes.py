"""Only ``actions.py`` writes, and every action says by whom and when."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.architecture.sources import calls, modules, name_of

ALWAYS = {
    "bulk_create", "bulk_update", "get_or_create", "update_or_create", "create_user", "create_superuser",
    "asave", "acreate", "aupdate", "adelete", "abulk_create", "aget_or_create", "aupdate_or_create",
}  # fmt: skip
ON_ROWS = {"create", "update", "delete"}
ROWS = (
    ".objects",
    ".filter(",
    ".exclude(",
    ".all()",
    ".select_for_update(",
    "_set.",
    "queryset",
    "_base_manager",
    "_default_manager",
)
RAW = {"execute", "executemany", "raw"}
ACTIONS = [path for path in modules("workflow") if path.name == "actions.py"]
OTHERS = [p for p in modules("workflow", "web") if p.name != "actions.py" and "migrations" not in p.parts]


def writes(tree: ast.AST) -> list[str]:
    """Calls that change rows, as far as their words tell."""
    return [ast.unparse(call) for call in calls(tree) if isinstance(call.func, ast.Attribute) and is_write(call.func)]


def is_write(function: ast.Attribute) -> bool:
    receiver, name = ast.unparse(function.value), function.attr
    if name == "save":
        return not any(word in receiver for word in ("storage", "image", "page", "picture"))
    if name in RAW:
        return "cursor" in receiver or (name == "raw" and ".objects" in receiver)
    if name == "delete" and receiver.isidentifier():
        return True
    return name in ALWAYS or (name in ON_ROWS and any(word in f"{receiver}." for word in ROWS))


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("case.save()", True),
        ("Case.objects.create(a=1)", True),
        ("Case.objects.filter(a=1).update(a=2)", True),
        ("case.delete()", True),
        ("case.fact_set.update(a=1)", True),
        ("cursor.execute('UPDATE x')", True),
        ("digest.update(b'x')", False),
        ("found.update(a=1)", False),
        ("storage.save('x')", False),
        ("Case.objects.filter(a=1).first()", False),
    ],
)
def test_what_counts_as_a_write(line: str, written: bool) -> None:
    assert bool(writes(ast.parse(line))) is written


@pytest.mark.parametrize("path", OTHERS, ids=name_of)
def test_nothing_but_actions_writes(path: Path) -> None:
    assert writes(ast.parse(path.read_text())) == []


def public_functions(path: Path) -> list[ast.FunctionDef]:
    tree = ast.parse(path.read_text())
    return [node for node in tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]


def private_writers(path: Path) -> set[str]:
    """Private functions of the module that write, themselves or through one another."""
    private = [n for n in ast.parse(path.read_text()).body if isinstance(n, ast.FunctionDef) and n.name.startswith("_")]
    found: set[str] = set()
    while True:
        more = {f.name for f in private if writes(f) or found & names_called(f)}
        if more == found:
            return found
        found = more


def names_called(function: ast.AST) -> set[str]:
    return {call.func.id for call in calls(function) if isinstance(call.func, ast.Name)}


@pytest.mark.parametrize("path", ACTIONS, ids=name_of)
def test_whoever_writes_says_by_whom_and_when_in_one_transaction(path: Path) -> None:
    for function in public_functions(path):
        if not (writes(function) or names_called(function) & private_writers(path)):
            continue
        keyword_only = {argument.arg for argument in function.args.kwonlyargs}
        assert {"by", "now"} <= keyword_only, function.name
        assert not function.args.args, f"{function.name}: arguments by name only"
        if path.parent.name != "audit":  # its row belongs to the transaction of whoever acts
            assert is_atomic(function) or not writes(function), f"{function.name}: one transaction"


@pytest.mark.parametrize("path", [path for path in ACTIONS if path.parent.name != "audit"], ids=name_of)
def test_what_an_action_leaves_to_a_private_writer_is_in_a_transaction_too(path: Path) -> None:
    functions = {f.name: f for f in ast.parse(path.read_text()).body if isinstance(f, ast.FunctionDef)}
    for function in public_functions(path):
        for called in names_called(function) & private_writers(path):
            assert is_atomic(function) or is_atomic(functions[called]), f"{function.name} calls {called}"


def is_atomic(function: ast.FunctionDef) -> bool:
    return any("atomic" in ast.unparse(line) for line in function.decorator_list)


@pytest.mark.parametrize("path", [path for path in ACTIONS if path.parent.name != "audit"], ids=name_of)
def test_whoever_writes_leaves_an_audit_row(path: Path) -> None:
    tree = ast.parse(path.read_text())
    recording = {f.name for f in tree.body if isinstance(f, ast.FunctionDef) and "record" in names_called(f)}
    for function in public_functions(path):
        if writes(function):
            called = names_called(function)
            assert function.name in recording or called & recording, f"{function.name} writes no audit row"
