"""What npm installs is pinned, and the lock says nothing about where it comes from."""

from __future__ import annotations

import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PACKAGE = json.loads((ROOT / "package.json").read_text())
LOCK = (ROOT / "package-lock.json").read_text()


def test_the_lock_holds_no_address() -> None:
    assert re.findall(r"https?:|\w+\.(?:org|com|io)/", LOCK) == []


def test_every_package_has_a_digest() -> None:
    # OHIF carries its own dependencies inside its distribution: package.json leaves a link to nowhere in their place.
    packages = {k: v for k, v in json.loads(LOCK)["packages"].items() if k.startswith("node_modules/")}
    packages = {k: v for k, v in packages.items() if not v.get("link") and not k.endswith("/already-in-its-dist")}
    assert packages
    assert [name for name, entry in packages.items() if not entry.get("integrity")] == []


def test_versions_are_exact_and_those_of_the_lock() -> None:
    locked = json.loads(LOCK)["packages"]
    for name, version in (PACKAGE["dependencies"] | PACKAGE["devDependencies"]).items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version)
        assert locked[f"node_modules/{name}"]["version"] == version
