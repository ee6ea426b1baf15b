"""What the database holds of people, by how private its field is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.apps import apps

from overread.workflow.privacy import Privacy


def leaves(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            if name != "document":  # a provenance's digest of the source's bytes
                yield from leaves(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from leaves(inner)


def private_words(*levels: Privacy) -> set[str]:
    """Every text that the database holds in a field of these levels, but for names of choices."""
    found: set[str] = set()
    for config in apps.get_app_configs():
        for model in config.get_models() if config.name.startswith("overread.") else ():
            kept = {n for n, level in model.PRIVACY.items() if level in levels}  # type: ignore[attr-defined]
            names = [f.name for f in model._meta.fields if f.name in kept and not f.choices and not f.is_relation]
            for row in model._default_manager.values(*names) if names else ():
                found |= {text for value in row.values() for text in leaves(value)}
    return {text for text in found if len(text) > 3}
