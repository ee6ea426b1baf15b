"""What a form shows when it comes back: what was wrong, and what was typed."""

from __future__ import annotations

from typing import Any

from django import template

from ..staying import refused_at

register = template.Library()


@register.inclusion_tag("parts/refused.html", takes_context=True)
def refusal(context: Any, at: str) -> dict[str, object]:
    """What was wrong with the form that is sent to ``at``; nothing when it was not refused."""
    found = refused_at(context["request"], at)
    if found:
        found.said = True
    return {"refused": found}


@register.simple_tag(takes_context=True)
def came_back(context: Any, at: str) -> bool:
    """Was the form that is sent to ``at`` refused just now?"""
    return refused_at(context["request"], at) is not None


@register.simple_tag(takes_context=True)
def typed(context: Any, at: str, name: str, otherwise: str = "") -> str:
    """What was typed into this field of the form that came back."""
    found = refused_at(context["request"], at)
    return str(found.sent.get(name, otherwise)) if found else otherwise
