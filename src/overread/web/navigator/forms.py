"""Forms of the navigator."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from django import forms

from overread.workflow.errors import Invalid
from overread.workflow.materials.transitions import MaterialState

from ..forms import PlainForm

E = TypeVar("E", bound=StrEnum)


def choice(kind: type[E], text: str | None, what: str) -> E:
    """The member named; Invalid, with the choices, when there is none."""
    try:
        return kind(text or "")
    except ValueError:
        raise Invalid(f"There is no such {what}.", f"Choose one of: {', '.join(kind)}.") from None


class MaterialForm(PlainForm):
    kind = forms.ChoiceField(choices=[("slide", "Slide"), ("block", "Block"), ("media", "Disc or drive")])
    accession = forms.CharField(max_length=100)
    label = forms.CharField(max_length=200, required=False)
    holder = forms.CharField(max_length=200)


class CustodyForm(PlainForm):
    to = forms.ChoiceField(choices=[(s.value, s.value) for s in MaterialState])
    holder = forms.CharField(max_length=200)
    condition = forms.CharField(max_length=200, required=False)
    courier = forms.CharField(max_length=100, required=False)
