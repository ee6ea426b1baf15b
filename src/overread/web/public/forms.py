"""The assessment as a form."""

from __future__ import annotations

from collections.abc import Iterator

from django import forms
from django.forms.boundfield import BoundWidget

from overread.clinical.indication import (
    DISCIPLINES,
    EMERGENCIES,
    MODIFIER_QUESTIONS,
    TRIGGERS,
    TUMOURS,
    Answers,
    Emergency,
    UrgencyClaim,
)

from ..forms import PlainForm

YES_NO = [("", "Not sure"), ("yes", "Yes"), ("no", "No")]
MEANING = {"yes": True, "no": False}


# Whose reading a study looked at, in words for everybody.
READINGS = {
    "pathology": "The tissue report",
    "cytology": "The report of a cell sample",
    "radiology": "The scans",
    "endoscopy": "What was seen through a camera",
    "oncology": "One doctor's advice on treatment",
    "multidisciplinary": "The plan of a team",
}

# The situations as a reader meets them; what no group names stands in the last.
GROUPS: tuple[tuple[str, frozenset[str]], ...] = (
    (
        "About the diagnosis",
        frozenset(
            {"rare_cancer", "ambiguous_pathology", "discordant_findings", "unclear_staging", "nodule_changed"}
            | {"unknown_primary", "read_by_generalist", "molecular_unmatched"}
        ),
    ),
    (
        "About the treatment",
        frozenset(
            {"aggressive_for_stage", "irreversible_treatment", "major_treatment", "several_options"}
            | {"trials_may_apply", "poor_prognosis"}
        ),
    ),
    ("About your situation", frozenset()),
)


ASKED_ABOVE = frozenset({"metastatic"})  # the question beside the stage asks for it, and decides it too
# Emergencies that nobody feels as such; each of the others is known by what is noticed.
ONLY_A_DOCTOR_KNOWS = frozenset({"suspected_apl", "tumour_lysis", "leukostasis"})


class AssessmentForm(PlainForm):
    """Every question may stay open; what is not answered is not assumed."""

    emergencies = forms.MultipleChoiceField(
        label="Is any of this happening now?",
        required=False,
        choices=[(e.key, e.plain) for e in EMERGENCIES.values()],
        widget=forms.CheckboxSelectMultiple,
    )
    tumour = forms.ChoiceField(
        label="Which cancer is it, or might it be?",
        required=False,
        choices=[("", "Not sure, or not in the list"), *sorted((t.key, t.label) for t in TUMOURS.values())],
    )
    stage = forms.CharField(label="Stage, if a doctor named one", required=False, max_length=20)
    metastatic = forms.ChoiceField(label="Has it spread to other parts of the body?", required=False, choices=YES_NO)
    treatment_started = forms.ChoiceField(label="Has treatment started?", required=False, choices=YES_NO)
    situations = forms.MultipleChoiceField(
        label="Which of these apply?",
        required=False,
        choices=[(t.key, t.question) for t in TRIGGERS.values() if t.key not in ASKED_ABOVE],
        widget=forms.CheckboxSelectMultiple,
    )
    disciplines = forms.MultipleChoiceField(
        label="What would you like looked at again? Leave open for everything.",
        required=False,
        choices=[(key, READINGS[key]) for key in READINGS if key in DISCIPLINES],
        widget=forms.CheckboxSelectMultiple,
    )
    first_reading = forms.MultipleChoiceField(
        label="What do you know about the first reading?",
        required=False,
        choices=list(MODIFIER_QUESTIONS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    urgent_says = forms.CharField(
        label="Did a doctor say that treatment cannot wait? Who?", required=False, max_length=200
    )
    urgent_because = forms.CharField(
        label="What would get worse by waiting, in the doctor's words?", required=False, max_length=500
    )
    none_of_these = forms.BooleanField(
        label="I read the situations under these three headings, and none of them is mine", required=False
    )

    def emergency_groups(self) -> Iterator[tuple[str, list[tuple[BoundWidget, Emergency]]]]:
        """The emergencies, those that can be noticed first, each with its checkbox."""
        boxes = [(box, EMERGENCIES[box.data["value"]]) for box in self["emergencies"]]
        yield "What you may notice", [(b, e) for b, e in boxes if e.key not in ONLY_A_DOCTOR_KNOWS]
        yield "What a doctor may have told you", [(b, e) for b, e in boxes if e.key in ONLY_A_DOCTOR_KNOWS]

    def situation_groups(self) -> Iterator[tuple[str, list[BoundWidget]]]:
        """The situations in groups, each with its checkboxes."""
        named = frozenset[str]().union(*(keys for _, keys in GROUPS))
        boxes = list(self["situations"])
        for label, keys in GROUPS:
            yield label, [b for b in boxes if (b.data["value"] in keys if keys else b.data["value"] not in named)]

    def answers(self) -> Answers:
        """What was said, and nothing else."""
        given = self.cleaned_data
        claim = UrgencyClaim(given["urgent_says"] or None, given["urgent_because"] or None)
        return Answers(
            situations=frozenset(given["situations"]) | frozenset(given["first_reading"]),
            disciplines=frozenset(given["disciplines"]),
            tumour=given["tumour"] or None,
            stage=given["stage"] or None,
            metastatic=MEANING.get(given["metastatic"]),
            treatment_started=MEANING.get(given["treatment_started"]),
            emergencies=frozenset(given["emergencies"]),
            urgency=claim if claim.clinician or claim.reason else None,
            none_of_these=given["none_of_these"],
        )
