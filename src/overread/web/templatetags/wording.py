"""How a fact is put into words on a page."""

from __future__ import annotations

import re

from django import template

from overread.clinical.record import Fact

register = template.Library()
IDENTIFIER = re.compile(r"[\d.]{10,}|[0-9a-f-]{20,}")


@register.filter
def concerning(fact: Fact) -> str:
    """What the fact is about, in brackets: ``specimen:A`` is " (specimen A)". Bare identifiers tell a reader nothing."""
    if not fact.about or IDENTIFIER.search(fact.about):
        return ""
    return f" ({fact.about.replace(':', ' ')})"


@register.filter
def at(found: dict[int, object], key: int) -> object:
    """The dictionary's value, or None."""
    return found.get(key)
