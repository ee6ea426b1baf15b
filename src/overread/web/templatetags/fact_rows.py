"""Facts as the rows that every page shows them in."""

from __future__ import annotations

from collections.abc import Sequence

from django import template

from overread.workflow.facts.queries import SeenFact

from ..facts.rows import Row, rows

register = template.Library()


@register.filter
def as_rows(facts: Sequence[SeenFact]) -> list[Row]:
    return rows(facts)
