"""The symptoms as a form: what is felt first, what tests showed last; signs for the list of rare tumours apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundWidget

from overread.clinical.symptoms import SIGN_GROUPS, SIGNS, SYMPTOMS, SymptomRanking, rank

from ..forms import PlainForm

# The symptoms as a reader looks for them; what no group names stands in the last.
GROUPS: tuple[tuple[str, frozenset[str]], ...] = (
    ("How you feel", frozenset({"fatigue", "malaise", "weight_loss", "loss_of_appetite", "nausea", "nausea_vomiting"})),
    (
        "Belly and digestion",
        frozenset(
            {
                "abdominal_bloating",
                "abdominal_distension",
                "abdominal_pain",
                "epigastric_pain",
                "dyspepsia",
                "dysphagia",
            }
            | {"reflux", "bowel_habit_change", "constipation", "diarrhoea", "jaundice"}
        ),
    ),
    ("Chest and breathing", frozenset({"cough", "dyspnoea", "chest_pain"})),
    (
        "Bleeding and passing urine",
        frozenset(
            {"haemoptysis", "haematuria", "visible_haematuria", "rectal_bleeding", "postmenopausal_bleeding"}
            | {"nosebleeds", "urinary_frequency", "uti"}
        ),
    ),
    ("Lumps and swellings", frozenset({"breast_lump", "head_neck_mass", "lymphadenopathy", "other_mass"})),
    (
        "Head, bones and back",
        frozenset({"new_onset_seizure", "back_pain", "repeated_back_pain", "bone_pain", "rib_pain", "fracture"}),
    ),
    ("What a doctor or a test found", frozenset()),
)
SIGNS_BY_GROUP = (
    ("skin", "On your skin"),
    ("felt", "What else you feel"),
    ("told", "What a doctor has found or told you"),
)
NOTHING_TICKED = "Tick at least one thing that you noticed."
OPEN = ("", "I would rather not say")


class SymptomsForm(PlainForm):
    """Every question may stay open; what is not answered is not assumed."""

    symptoms = forms.MultipleChoiceField(
        label="What have you noticed?",
        required=False,
        choices=list(SYMPTOMS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    signs = forms.MultipleChoiceField(
        label="Signs that have been found on you",
        required=False,
        choices=list(SIGNS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    age = forms.IntegerField(label="Your age in years", required=False, min_value=0, max_value=120)
    sex = forms.ChoiceField(
        label="Your sex in medical records",
        required=False,
        choices=[OPEN, ("female", "Female"), ("male", "Male")],
    )

    def clean(self) -> dict[str, Any]:
        """An answer needs something that was noticed."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not (said["symptoms"] or said["signs"]):
            self.add_error("symptoms", NOTHING_TICKED)
        return said

    def to_mend(self) -> Iterator[str]:
        """What is wrong, each with the name of its field, for the top of the page."""
        for name, messages in self.errors.items():
            label = "" if name == "symptoms" else f"{self[name].label}: "
            yield from (f"{label}{message}" for message in messages)

    def groups(self) -> Iterator[tuple[str, list[BoundWidget]]]:
        """The symptoms in groups, each with its checkboxes."""
        named = frozenset[str]().union(*(keys for _, keys in GROUPS))
        boxes = list(self["symptoms"])
        for label, keys in GROUPS:
            yield label, [b for b in boxes if (b.data["value"] in keys if keys else b.data["value"] not in named)]

    def sign_groups(self) -> Iterator[tuple[str, list[BoundWidget]]]:
        """The signs in groups, each in alphabetical order."""
        boxes = sorted(self["signs"], key=lambda box: str(box.data["label"]).casefold())
        for group, label in SIGNS_BY_GROUP:
            yield label, [box for box in boxes if SIGN_GROUPS[box.data["value"]] == group]

    def signs_chosen(self) -> int:
        """How many signs stand ticked, so that their fold is shown open."""
        return sum(1 for box in self["signs"] if box.data["selected"])

    def ranking(self) -> SymptomRanking:
        """What studies found for what was said, and nothing else."""
        said = self.cleaned_data
        symptoms, signs = frozenset(said["symptoms"]), frozenset(said["signs"])
        return rank(symptoms, said["age"], said["sex"] or None, signs=signs)
