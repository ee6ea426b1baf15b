"""Forms of the referring physician."""

from __future__ import annotations

from typing import Any

from django import forms

from overread.workflow.accounts.models import Organisation, Person
from overread.workflow.accounts.queries import organisations_of
from overread.workflow.accounts.roles import Role

from ..forms import PlainForm, settle
from ..patient.forms import KIND_CHOICES, STARTED


class ReferForm(PlainForm):
    title = forms.CharField(
        label="A name for the case: what is the case about?", max_length=200, help_text="For you and the navigator."
    )
    question = forms.CharField(
        label="What do you ask the specialist?", max_length=4000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="It is shown to the specialist once a navigator has read it.",
    )  # fmt: skip
    treatment_started = forms.ChoiceField(label="Has treatment started?", choices=STARTED)
    kind = forms.ChoiceField(label="Which kind of review?", required=False, choices=KIND_CHOICES)
    organisation = forms.ModelChoiceField(
        label="Which institution should review it?", queryset=Organisation.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = [o.pk for o in organisations_of(person, Role.REFERRER)]
        self.fields["organisation"].queryset = Organisation.objects.filter(pk__in=held)  # type: ignore[attr-defined]
        self.settled = settle(self, "organisation")
