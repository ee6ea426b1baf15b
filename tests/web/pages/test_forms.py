"""The structured opinion: from the form to the sealed content and back without loss."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from overread.clinical import record as r
from overread.web.forms import PlainForm
from overread.web.navigator.forms import choice
from overread.web.reviewer.forms import FIELDS, OPTIONS, OpinionForm, initial
from overread.workflow.errors import Invalid
from overread.workflow.referrals import opinions

QUESTIONS: Any = [
    SimpleNamespace(key="one", text="Do I need chemotherapy?"),
    SimpleNamespace(key="two", text="May I travel?"),
]


def filled(data: dict[str, Any]) -> OpinionForm:
    form = OpinionForm(data, questions=QUESTIONS)
    assert form.is_valid(), form.problems()
    return form


def content(data: dict[str, Any]) -> dict[str, Any]:
    return filled(data).content(author="Dr. Okafor", specialty="pathology")


def as_sent(start: dict[str, Any]) -> dict[str, Any]:
    """What a browser would send of a form that starts so."""
    return {k: v for k, v in start.items() if v not in (None, "", False)}


words = st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=20)


def values(name: str) -> st.SearchStrategy[Any]:
    spec = r.FIELDS[name]
    if spec.kind is r.Kind.CHOICE:
        return st.sampled_from(spec.choices)
    return st.integers(0, 500) if spec.kind is r.Kind.NUMBER else words


OPTION = st.fixed_dictionaries(
    {
        "name": words,
        "modality": st.sampled_from(list(r.Modality)),
        "intent": st.sampled_from([*r.Intent, ""]),
        "benefits": st.one_of(st.just(""), words),
        "harms": st.one_of(st.just(""), words),
        "recommended": st.booleans(),
    }
)


@st.composite
def opinions_sent(draw: st.DrawFn) -> dict[str, Any]:
    names = draw(st.sets(st.sampled_from([n for group in FIELDS.values() for n in group])))
    sent = {name: draw(values(name)) for name in names}
    for i, option in enumerate(draw(st.lists(OPTION, max_size=OPTIONS))):
        sent |= {f"option_{i}_{key}": value for key, value in option.items()}
    answers = {f"answer_{QUESTIONS[i].key}": draw(words) for i in draw(st.sets(st.sampled_from([0, 1])))}
    return as_sent(sent | answers | {"comment": draw(words), "further_tests": "\n".join(draw(st.lists(words)))})


@given(opinions_sent())
def test_what_was_sealed_starts_the_form_again_and_says_the_same(sent: dict[str, Any]) -> None:
    first = content(sent)
    assert content(as_sent(initial(first, QUESTIONS))) == first
    assert opinions.checked(first) == first


def test_an_empty_form_addresses_nothing() -> None:
    made = content({})
    assert (made["facts"], made["options"], made["answers"], made["addressed"]) == ([], [], [], [])
    assert initial({}, QUESTIONS) == {}


def test_an_option_without_its_kind_is_asked_for() -> None:
    form = OpinionForm({"option_1_name": "Lobectomy"})
    assert not form.is_valid()
    assert form.problems() == ["“Kind”: Say which kind of treatment option 2 is."]


def test_a_value_that_the_field_cannot_hold_is_named() -> None:
    form = OpinionForm({"nodes_positive": "1e300"})
    assert not form.is_valid()
    assert form.problems() == [f"“{form.fields['nodes_positive'].label}”: 1e+300 is not a number"]


def test_groups_that_hold_something_stand_open() -> None:
    form = OpinionForm(initial={"er": "positive"})
    form.lead = r.Domain.IMAGING
    assert {name for name, is_open, _ in form.groups() if is_open} == {"molecular", "imaging"}


def test_a_choice_that_does_not_exist_is_answered_with_those_that_do() -> None:
    assert choice(r.Domain, "stage", "layer") is r.Domain.STAGE
    with pytest.raises(Invalid, match="no such layer") as refused:
        choice(r.Domain, None, "layer")
    assert "pathology" in refused.value.do


def test_widgets_are_dressed_once() -> None:
    from django import forms

    class Small(PlainForm):
        name = forms.CharField(widget=forms.TextInput(attrs={"class": "own"}))
        agree = forms.BooleanField()

    form = Small(QueryDict())
    assert form.fields["name"].widget.attrs["class"] == "own"
    assert form.fields["agree"].widget.attrs["class"] == "checkbox"
