"""Forms of the patient's side."""

from __future__ import annotations

from typing import Any

from django import forms

from overread.clinical.indication import KINDS
from overread.workflow.accounts.models import Organisation, Person
from overread.workflow.accounts.permissions import roles_of
from overread.workflow.accounts.queries import organisations_of
from overread.workflow.accounts.roles import ROLES, Permission, Role
from overread.workflow.materials.models import RequestLetter
from overread.workflow.materials.transitions import LetterKind
from overread.workflow.outcomes.transitions import Outcome

from ..forms import PlainForm, settle
from ..templatetags.wording import OUTCOMES

STARTED = [("", "Choose an answer"), ("no", "No, not yet"), ("yes", "Yes, it has"), ("unknown", "I do not know")]
MEANING = {"yes": True, "no": False, "unknown": None}
STARS = [("", "Choose one"), (5, "Very good"), (4, "Good"), (3, "Fair"), (2, "Poor"), (1, "Very poor")]
KIND_CHOICES = [("", "Not sure; the navigator will choose"), *((kind.key, kind.name) for kind in KINDS.values())]


class Day(forms.DateInput):
    """The browser's own calendar; a day that stands in it already is shown as the browser reads it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class StartForm(PlainForm):
    """Whom the case is about, in what role it is opened, and where."""

    title = forms.CharField(
        label="A name for your case: what is the second opinion about?",
        max_length=200,
        help_text="For example “My colon cancer”. Your questions for the specialist come next.",
    )
    treatment_started = forms.ChoiceField(
        label="Has treatment started?", choices=STARTED,
        help_text="You can ask before or after. The report says which it was.",
    )  # fmt: skip
    kind = forms.ChoiceField(
        label="Which kind of review?", required=False, choices=KIND_CHOICES,
        help_text="You may leave this to the navigator: the person who leads your case from here to the report.",
    )  # fmt: skip
    role = forms.ChoiceField(label="You open this case as")
    organisation = forms.ModelChoiceField(
        label="Which institution should review it?", queryset=Organisation.objects.none()
    )
    authority = forms.CharField(
        label="What lets you act for the patient?", required=False, max_length=200,
        help_text="For example a health care power of attorney. You may leave it open: the navigator asks you.",
    )  # fmt: skip

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        opening = [r for r in sorted(roles_of(person)) if Permission.OPEN_CASE in ROLES[r].permissions]
        self.fields["role"].choices = [(r.value, ROLES[r].label) for r in opening]  # type: ignore[attr-defined]
        held = {o.pk for r in opening for o in organisations_of(person, r)}
        self.fields["organisation"].queryset = Organisation.objects.filter(pk__in=held)  # type: ignore[attr-defined]
        self.fields["organisation"].empty_label = None  # type: ignore[attr-defined]
        self.settled = settle(self, "role", "organisation")
        if Role.PROXY not in opening:
            del self.fields["authority"]

    def wanted(self) -> dict[str, Any]:
        given = self.cleaned_data
        kept = {name: given[name] for name in ("title", "kind", "organisation")}
        assessment = {"treatment_started": MEANING[given["treatment_started"]]}
        return {**kept, "assessment": assessment, "role": Role(given["role"]), "authority": given.get("authority", "")}


class LeadForm(StartForm):
    """The same, opened by the navigator who leads the case, for somebody who asked by telephone or letter."""

    title = forms.CharField(label="A name for the case: what is the second opinion about?", max_length=200)
    treatment_started = forms.ChoiceField(label="Has treatment started?", choices=STARTED)
    kind = forms.ChoiceField(
        label="Which kind of review?", required=False, choices=[("", "Not chosen yet"), *KIND_CHOICES[1:]],
        help_text="It sets the time of the review, and can be chosen later.",
    )  # fmt: skip
    patient_email = forms.EmailField(
        label="The patient's email address", required=False, max_length=254,
        help_text="They are invited into the case, to add records and to consent. You can do this later, on the page People.",
    )  # fmt: skip


class LetterForm(PlainForm):
    kind = forms.ChoiceField(
        label="What do you ask for?",
        choices=[
            (LetterKind.RECORDS, "Records, reports and images"),
            (LetterKind.MATERIAL, "Slides and tissue blocks"),
        ],
    )
    recipient = forms.CharField(
        label="Who holds them? Name and address", widget=forms.Textarea(attrs={"rows": 3}), max_length=1000
    )
    patient = forms.CharField(label="Patient's full name", max_length=200)
    birth_date = forms.DateField(label="Date of birth", widget=Day())
    details = forms.CharField(
        label="Which ones? Dates, accession numbers", max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="An accession number is the number that a hospital or laboratory gives to one examination. It stands on its "
        "report. Leave this empty to ask for everything.",
    )  # fmt: skip

    def wanted(self) -> dict[str, Any]:
        given = self.cleaned_data
        content = {k: str(given[k]) for k in ("patient", "birth_date", "details")}
        return {"kind": LetterKind(given["kind"]), "recipient": given["recipient"], "content": content}


class LetterNoteForm(PlainForm):
    """The days of one letter; several such forms stand on one page."""

    received_on = forms.DateField(label="They received it on", required=False, widget=Day())
    extended_on = forms.DateField(label="They asked for more time on", required=False, widget=Day())
    answered_on = forms.DateField(label="They answered on", required=False, widget=Day())

    def __init__(self, *args: Any, letter: RequestLetter, **kwargs: Any) -> None:
        days = {name: getattr(letter, name) for name in self.base_fields}
        super().__init__(*args, initial=days, auto_id=f"{letter.key}_%s", **kwargs)
        self.letter = letter


class OutcomeForm(PlainForm):
    outcomes = forms.MultipleChoiceField(
        label="What happened after the report?",
        choices=[(o.value, OUTCOMES[o]) for o in Outcome],
        widget=forms.CheckboxSelectMultiple,
    )
    comment = forms.CharField(
        label="Anything else", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class RatingForm(PlainForm):
    stars = forms.TypedChoiceField(label="How was it?", coerce=int, choices=STARS)
    text = forms.CharField(
        label="In a few words", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )


class QuestionForm(PlainForm):
    text = forms.CharField(
        label="What would you like to know?", max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, role: Role, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if role not in (Role.PATIENT, Role.PROXY):
            self.fields["text"].label = "What should the reviewing physician answer?"
