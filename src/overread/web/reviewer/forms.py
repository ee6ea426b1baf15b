"""The structured opinion as a form, and back to the coded content that is sealed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from overread.clinical import record as r
from overread.workflow.cases.models import Question
from overread.workflow.cases.visibility import Discipline
from overread.workflow.referrals import opinions
from overread.workflow.reviews.models import Review
from overread.workflow.reviews.transitions import ReviewState

from ..forms import PlainForm

# What the form asks for, by the domain that an answer speaks to.
FIELDS: Mapping[r.Domain, tuple[str, ...]] = {
    r.Domain.PATHOLOGY: (
        "site",
        "histology",
        "grade",
        "tumor_size",
        "margin",
        "lvi",
        "nodes_positive",
        "nodes_examined",
    ),
    r.Domain.MOLECULAR: ("er", "pr", "her2", "ki67", "msi"),
    r.Domain.IMAGING: ("finding", "lesion_size", "lesion_location"),
    r.Domain.STAGE: ("tnm_prefix", "t", "n", "m", "edition", "stage_group"),
}
OPTIONS = 4
# What a reviewer of each discipline speaks to first.
LEADS: Mapping[str, r.Domain] = {
    Discipline.PATHOLOGY: r.Domain.PATHOLOGY,
    Discipline.RADIOLOGY: r.Domain.IMAGING,
    Discipline.ONCOLOGY: r.Domain.STAGE,
}
ENTERED = r.Provenance("opinion", r.Method.ENTERED)


class OpinionForm(PlainForm):
    """Every field may stay empty: what is not answered is "not addressed"."""

    lead: r.Domain | None = None  # the domain that the reviewer's discipline speaks to first

    comment = forms.CharField(
        label="In your own words", required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 4})
    )
    further_tests = forms.CharField(
        label="Further tests, one a line", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, questions: Sequence[Question] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = list(questions)
        for names in FIELDS.values():
            for name in names:
                self.fields[name] = _field(r.FIELDS[name])
        for i in range(OPTIONS):
            self.fields.update(_option_fields(i))
        for question in self.questions:
            answer = forms.Textarea(attrs={"rows": 3})
            self.fields[_answer_to(question)] = forms.CharField(
                label=question.text, required=False, max_length=10_000, widget=answer
            )
        self.dress()

    @classmethod
    def of(cls, review: Review, questions: Sequence[Question]) -> OpinionForm:
        """The form with what the review holds: the draft, the sealed opinion once it is revealed, the final one when it is signed."""
        wanted = {ReviewState.REVEALED: "blind", ReviewState.FINAL: "final"}.get(ReviewState(review.state))
        sealed = review.versions.filter(stage=wanted).first()
        form = cls(initial=initial(sealed.content if sealed else review.draft, questions), questions=questions)
        form.lead = LEADS.get(review.seat.discipline)
        return form

    @classmethod
    def sent(cls, data: QueryDict, review: Review, questions: Sequence[Question]) -> OpinionForm:
        """The form as it was sent, right or wrong."""
        form = cls(data, questions=questions)
        form.lead = LEADS.get(review.seat.discipline)
        return form

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for name, value in list(given.items()):
            if name in r.FIELDS and value not in ("", None):
                try:
                    r.Fact(name, value, ENTERED)
                except r.FactError as error:
                    self.add_error(name, str(error).partition(": ")[2])
        for i in range(OPTIONS):
            if given.get(f"option_{i}_name") and not given.get(f"option_{i}_modality"):
                self.add_error(f"option_{i}_modality", f"Say which kind of treatment option {i + 1} is.")
        return given

    def problems(self) -> list[str]:
        """What is wrong in sentences, each with the field that it stands beside."""
        said = {name: " ".join(str(error) for error in errors) for name, errors in self.errors.items()}
        return [f"“{self.fields[name].label}”: {text}" if name in self.fields else text for name, text in said.items()]

    def content(self, *, author: str, specialty: str) -> dict[str, Any]:
        """The opinion in its canonical JSON."""
        facts, options = tuple(self._facts()), tuple(self._options())
        addressed = {f.spec.domain for f in facts} | ({r.Domain.PLAN} if options else set())
        opinion = r.Opinion(
            author=author,
            specialty=specialty,
            facts=facts,
            options=options,
            answers=tuple(self._answers()),
            further_tests=tuple(t.strip() for t in self.cleaned_data["further_tests"].splitlines() if t.strip()),
            addressed=frozenset(addressed),
            comment=self.cleaned_data["comment"],
        )
        return opinions.to_json(opinion)

    def _facts(self) -> Iterator[r.Fact]:
        for names in FIELDS.values():
            for name in names:
                value = self.cleaned_data.get(name)
                if value not in ("", None):
                    yield r.Fact(name, value, ENTERED)

    def _options(self) -> Iterator[r.TreatmentOption]:
        for i in range(OPTIONS):
            given = {k: self.cleaned_data.get(f"option_{i}_{k}") for k in _OPTION_KEYS}
            if given["name"]:
                yield r.TreatmentOption(
                    name=given["name"],
                    modality=r.Modality(str(given["modality"])),
                    intent=r.Intent(given["intent"]) if given["intent"] else None,
                    benefits=given["benefits"] or "",
                    harms=given["harms"] or "",
                    recommended=bool(given["recommended"]),
                )

    def _answers(self) -> Iterator[r.Answer]:
        for question in self.questions:
            if text := self.cleaned_data.get(_answer_to(question)):
                yield r.Answer(question.text, text)

    def groups(self) -> Iterator[tuple[str, bool, list[forms.BoundField]]]:
        """The coded fields by domain, the reviewer's own first; a group stands open when it leads or holds something."""
        for domain in sorted(FIELDS, key=lambda one: one != self.lead):
            fields = [self[name] for name in FIELDS[domain]]
            yield str(domain), domain == self.lead or any(map(_holds_something, fields)), fields

    @property
    def begins_with_plan(self) -> bool:
        """Who reads for treatment is asked for it at the top."""
        return self.lead is r.Domain.STAGE

    def options(self) -> Iterator[tuple[bool, str, list[forms.BoundField]]]:
        """The treatment options, for the page: whether one stands open, its name, its fields."""
        for i in range(OPTIONS):
            fields = [self[f"option_{i}_{key}"] for key in _OPTION_KEYS]
            yield any(map(_holds_something, fields)), fields[0].value() or "", fields

    def answers(self) -> list[forms.BoundField]:
        return [self[_answer_to(question)] for question in self.questions]


_OPTION_KEYS = ("name", "modality", "intent", "benefits", "harms", "recommended")


def _holds_something(field: forms.BoundField) -> bool:
    """Filled in, or wrong: either is to be seen at once."""
    return bool(field.errors) or field.value() not in ("", None, False)


def _field(spec: r.FieldSpec) -> forms.Field:
    label = f"{spec.label} ({spec.unit})" if spec.unit else spec.label
    if spec.kind is r.Kind.CHOICE:
        return forms.ChoiceField(
            label=label, required=False, choices=[("", "not addressed"), *((c, c) for c in spec.choices)]
        )
    if spec.kind is r.Kind.NUMBER:
        return forms.FloatField(label=label, required=False)
    return forms.CharField(label=label, required=False, max_length=300)


def _option_fields(i: int) -> dict[str, forms.Field]:
    rows = forms.Textarea(attrs={"rows": 2})
    return {
        f"option_{i}_name": forms.CharField(label="Treatment", required=False, max_length=300),
        f"option_{i}_modality": forms.ChoiceField(
            label="Kind", required=False, choices=[("", "Choose one"), *((m, m) for m in r.Modality)]
        ),
        f"option_{i}_intent": forms.ChoiceField(
            label="Intent", required=False, choices=[("", "not said"), *((m, m) for m in r.Intent)]
        ),
        f"option_{i}_benefits": forms.CharField(label="Benefits", required=False, max_length=2000, widget=rows),
        f"option_{i}_harms": forms.CharField(label="Harms", required=False, max_length=2000, widget=rows),
        f"option_{i}_recommended": forms.BooleanField(label="Recommended", required=False),
    }


def _answer_to(question: Question) -> str:
    """By the question and not by its place: a question cleared meanwhile must not shift the answers."""
    return f"answer_{question.key}"


def _typed(value: object) -> object:
    """12.0 is typed as 12."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def initial(content: Mapping[str, Any], questions: Sequence[Question]) -> dict[str, Any]:
    """What the form starts from, given an opinion's JSON."""
    if not content:
        return {}
    opinion = opinions.from_json(content)
    start: dict[str, Any] = {f.field: _typed(f.value) for f in opinion.facts}
    start |= {"comment": opinion.comment, "further_tests": "\n".join(opinion.further_tests)}
    for i, option in enumerate(opinion.options[:OPTIONS]):
        start |= {f"option_{i}_{key}": getattr(option, key) for key in _OPTION_KEYS}
    answered = {a.question: a.answer for a in opinion.answers}
    return start | {_answer_to(q): answered.get(q.text, "") for q in questions}
