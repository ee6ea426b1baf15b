"""The symptoms as a form: what is felt first, what tests showed last."""

from __future__ import annotations

from collections.abc import Iterator

from django import forms
from django.forms.boundfield import BoundWidget

from overread.clinical.symptoms import SYMPTOMS, SymptomRanking, rank

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
    ("Bones and back", frozenset({"back_pain", "repeated_back_pain", "bone_pain", "rib_pain", "fracture"})),
    ("What a doctor or a test found", frozenset()),
)
OPEN = ("", "I would rather not say")


class SymptomsForm(PlainForm):
    """Every question may stay open; what is not answered is not assumed."""

    symptoms = forms.MultipleChoiceField(
        label="What have you noticed?",
        required=False,
        choices=list(SYMPTOMS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    age = forms.IntegerField(label="Your age in years", required=False, min_value=0, max_value=120)
    sex = forms.ChoiceField(
        label="Your sex in medical records",
        required=False,
        choices=[OPEN, ("female", "Female"), ("male", "Male")],
    )
    smoking = forms.ChoiceField(
        label="Do you smoke?",
        required=False,
        choices=[OPEN, ("never", "No, I never did"), ("former", "I used to"), ("current", "Yes")],
    )

    def groups(self) -> Iterator[tuple[str, list[BoundWidget]]]:
        """The symptoms in groups, each with its checkboxes."""
        named = frozenset[str]().union(*(keys for _, keys in GROUPS))
        boxes = list(self["symptoms"])
        for label, keys in GROUPS:
            yield label, [b for b in boxes if (b.data["value"] in keys if keys else b.data["value"] not in named)]

    def ranking(self) -> SymptomRanking:
        """What studies found for what was said, and nothing else."""
        said = self.cleaned_data
        return rank(frozenset(said["symptoms"]), said["age"], said["sex"] or None, said["smoking"] or None)
