"""Forms of the operator."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.forms.boundfield import BoundField

from overread.workflow.accounts.models import Organisation
from overread.workflow.accounts.roles import ROLES, Role
from overread.workflow.cases.transitions import State

from ..forms import PlainForm

ROLE_CHOICES = [(role.value, ROLES[role].label) for role in Role]
# Steps that can have a target of the institution's own, as a reader knows them.
TARGETS: tuple[tuple[State, str], ...] = (
    (State.AGREEING, "A doctor agrees"),
    (State.GATHERING, "Gather the records"),
    (State.UNDERSTANDING, "Understand the record"),
    (State.ROUTING, "Find the specialist"),
    (State.REVIEWING, "Review, where the kind of review has no published time"),
    (State.COMPARING, "Compare the opinions"),
    (State.RECONSIDERING, "Both physicians look again"),
    (State.ADJUDICATING, "The tumor board decides"),
    (State.REPORTING, "Draft and sign the report"),
)
LONGEST = 365


class RoleForm(PlainForm):
    role = forms.ChoiceField(label="Role", choices=ROLE_CHOICES)
    organisation = forms.ModelChoiceField(label="Where", queryset=Organisation.objects.none(), empty_label=None)

    def __init__(self, *args: Any, organisations: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = Organisation.objects.filter(pk__in=[o.pk for o in organisations])
        self.fields["organisation"].queryset = known  # type: ignore[attr-defined]

    def wanted(self) -> dict[str, Any]:
        return {"role": Role(self.cleaned_data["role"]), "organisation": self.cleaned_data["organisation"]}


class InviteForm(RoleForm):
    email = forms.EmailField(label="Email address")
    field_order = ("email", "role", "organisation")

    def wanted(self) -> dict[str, Any]:
        return {"email": self.cleaned_data["email"], **super().wanted()}


class InstitutionForm(PlainForm):
    """What one institution decides for itself."""

    name = forms.CharField(label="Name", max_length=200)
    time_zone = forms.ChoiceField(
        label="Time zone", choices=[(zone, zone) for zone in sorted(available_timezones())],
        help_text="Days are counted and shown as they are there.",
    )  # fmt: skip
    doctor_must_agree = forms.BooleanField(label="A doctor must agree before a case starts", required=False)
    patients_may_rate = forms.BooleanField(label="Patients may rate the service", required=False)
    holidays = forms.CharField(
        label="Holidays, one day a line", required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="As year-month-day, for example 2026-12-25. Saturdays and Sundays are never counted.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for state, label in TARGETS:
            self.fields[f"target_{state}"] = forms.IntegerField(
                label=label, required=False, min_value=1, max_value=LONGEST
            )
        self.dress()

    @classmethod
    def of(cls, organisation: Organisation, data: Any = None) -> InstitutionForm:
        kept = {
            name: getattr(organisation, name)
            for name in ("name", "time_zone", "doctor_must_agree", "patients_may_rate")
        }
        targets = {f"target_{state}": days for state, days in organisation.targets.items()}
        return cls(data, initial={**kept, **targets, "holidays": "\n".join(organisation.holidays)})

    def clean_holidays(self) -> list[date]:
        days = []
        for line in self.cleaned_data["holidays"].split():
            try:
                days.append(date.fromisoformat(line))
            except ValueError:
                raise forms.ValidationError(f"“{line}” is not a day. Write it as in 2026-12-25.") from None
        return days

    def targets(self) -> Iterator[BoundField]:
        return (self[f"target_{state}"] for state, _ in TARGETS)

    def wanted(self) -> dict[str, Any]:
        given = self.cleaned_data
        kept = ("name", "time_zone", "doctor_must_agree", "patients_may_rate", "holidays")
        targets = {str(state): given[f"target_{state}"] for state, _ in TARGETS if given[f"target_{state}"]}
        return {**{name: given[name] for name in kept}, "targets": targets}
