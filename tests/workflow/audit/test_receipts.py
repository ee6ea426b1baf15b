"""A receipt is checked without the installation, and every change of it is found."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from overread.cli.main import main
from overread.workflow.audit import receipts, signing
from overread.workflow.cases.queries import receipt
from tests.factories.cases import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def saved() -> dict[str, object]:
    world = World().gathered()
    return json.loads(json.dumps(receipt(world.patient, world.case)))


def test_a_receipt_holds(saved: dict[str, object]) -> None:
    assert receipts.check(saved).holds
    assert receipts.check(saved, signing.public_key()).holds


def test_a_chain_without_rows_holds() -> None:
    assert receipts.check(receipts.receipt([])).holds


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda r: r["rows"][1].update(action="nothing happened"), "Row 2 was changed"),
        (lambda r: r["rows"].pop(1), "Row 3 was changed"),
        (lambda r: r["rows"].pop(), "missing"),
        (lambda r: r.update(signature="00" * 64), "signature"),
        (lambda r: r.update(signature="not hexadecimal"), "signature"),
        (lambda r: r.pop("end"), "not a receipt"),
        (lambda r: r.update(rows=[1, 2]), "not a receipt"),
    ],
)
def test_a_changed_receipt_does_not(saved: dict[str, object], change, said: str) -> None:
    changed = copy.deepcopy(saved)
    change(changed)
    verdict = receipts.check(changed)
    assert not verdict.holds
    assert said in verdict.sentence


def test_a_receipt_of_another_installation_does_not(saved: dict[str, object]) -> None:
    assert not receipts.check(saved, "11" * 32).holds


def test_the_command_says_so(saved: dict[str, object], tmp_path: Path) -> None:
    good, bad, text = tmp_path / "good.json", tmp_path / "bad.json", tmp_path / "text.json"
    good.write_text(json.dumps(saved))
    bad.write_text("[]")
    text.write_text("hello")
    run = CliRunner().invoke
    assert run(main, ["verify", str(good)]).exit_code == 0
    assert run(main, ["verify", str(bad)]).exit_code == 1
    assert "is not JSON" in run(main, ["verify", str(text)]).output
