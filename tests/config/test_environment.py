from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest

from overread.config import environment
from overread.config.secret_key import kept_secret

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(("text", "on"), [("1", True), ("true", True), ("0", False), ("", False), ("no", False)])
def test_a_switch(monkeypatch: pytest.MonkeyPatch, text: str, on: bool) -> None:
    monkeypatch.setenv("OVERREAD_DEBUG", text)
    assert environment.DEBUG.is_on() is on


def test_the_var_directory_is_where_the_operator_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("OVERREAD_VAR", str(tmp_path / "a" / "b"))
    assert environment.var_directory() == tmp_path / "a" / "b"
    assert stat.S_IMODE((tmp_path / "a" / "b").stat().st_mode) == 0o700


@pytest.mark.parametrize("is_checkout", [True, False])
def test_the_var_directory_is_in_the_checkout_or_here(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, is_checkout: bool
) -> None:
    checkout, here = tmp_path / "checkout", tmp_path / "here"
    checkout.mkdir()
    here.mkdir()
    if is_checkout:
        (checkout / "pyproject.toml").touch()
    monkeypatch.setattr(environment, "CHECKOUT", checkout)
    monkeypatch.delenv("OVERREAD_VAR")
    monkeypatch.chdir(here)
    assert environment.var_directory() == (checkout if is_checkout else here) / "var"


def test_every_variable_is_documented() -> None:
    page = (ROOT / "docs/reference/settings.md").read_text()
    assert environment.reference_page() == page, "run: overread settings > docs/reference/settings.md"


def test_no_variable_is_read_elsewhere() -> None:
    """Code that reads the environment by itself would be an undocumented setting."""
    source = ROOT / "src/overread"
    reading = re.compile(r"os\.(environ(\.get|\[)|getenv)")
    found = [str(p.relative_to(source)) for p in source.rglob("*.py") if reading.search(p.read_text())]
    assert found == ["config/environment.py"]


def test_the_secret_is_made_once_and_closed_to_others(tmp_path: Path) -> None:
    secret = kept_secret(tmp_path / "key")
    assert kept_secret(tmp_path / "key") == secret
    assert len(secret) > 50
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["key"]
