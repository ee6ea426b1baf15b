"""Forms of the navigator."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, TypeVar

from django import forms

from overread.workflow.accounts.roles import ROLES, Role
from overread.workflow.cases.actions import INVITED
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


class InviteForm(PlainForm):
    email = forms.EmailField(label="Email address")
    role = forms.ChoiceField(
        label="Takes part as",
        choices=[("", "Choose one"), *sorted(((r.value, ROLES[r].label) for r in INVITED), key=lambda pair: pair[1])],
    )
    authority = forms.CharField(
        label="A proxy's authority",
        max_length=200,
        required=False,
        help_text="For a proxy alone: what gives them the right to act, such as a power of attorney.",
    )

    def wanted(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {"email": given["email"], "role": Role(given["role"]), "authority": given["authority"]}


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
