"""Generators of the demo installation."""

from __future__ import annotations

from collections.abc import Iterable


def load() -> Iterable[str]:
    """Make the demo's people and cases unless they are there. The lines to show, such as the sign-ins."""
    return ()
