"""Forms look alike everywhere: each widget carries the design system's class."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms

from overread.workflow.errors import Invalid

CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "grid gap-2"),
    (forms.HiddenInput, ""),
    (forms.CheckboxInput, "checkbox"),
    (forms.Select, "select w-full"),
    (forms.Textarea, "textarea w-full"),
    (forms.Widget, "input w-full"),
)
TOO_LONG = "Shorten it to at most %(limit_value)d characters; it has %(show_value)d."
# What to do where the framework only says that something is required or wrong. The first that fits.
WHAT_TO_DO: tuple[tuple[type[forms.Field], dict[str, str]], ...] = (
    (forms.MultipleChoiceField, {"required": "Choose at least one.", "invalid_choice": "Choose from the list."}),
    (forms.ChoiceField, {"required": "Choose one.", "invalid_choice": "Choose one of the list."}),
    (forms.BooleanField, {"required": "Tick the box to go on."}),
    (
        forms.DateTimeField,
        {
            "required": "Give the day and the time.",
            "invalid": "Write the day and the time, like 2026-03-24 14:30.",
        },
    ),
    (forms.DateField, {"required": "Give the day.", "invalid": "Write the day as year-month-day, like 2026-03-24."}),
    (
        forms.IntegerField,
        {
            "required": "Give a number.",
            "invalid": "Write a whole number.",
            "min_value": "Give a number from %(limit_value)s upwards.",
            "max_value": "Give a number up to %(limit_value)s.",
        },
    ),
    (forms.Field, {"required": "Please fill this in.", "max_length": TOO_LONG}),
)


class PlainForm(forms.Form):
    """A form whose widgets are dressed, its optional fields said to be optional by the page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dress()

    def dress(self) -> None:
        for field in self.fields.values():
            look = next((name for kind, name in CLASSES if isinstance(field.widget, kind)), "")
            field.widget.attrs.setdefault("class", look)
            field.error_messages |= next(said for kind, said in WHAT_TO_DO if isinstance(field, kind))

    def full_clean(self) -> None:
        """The page that comes back begins at the first field that has to be mended."""
        super().full_clean()
        for name in self.fields:
            if name in self.errors:
                self.fields[name].widget.attrs["autofocus"] = True
                return


def settle(form: forms.Form, *names: str) -> list[tuple[str, str]]:
    """Of a choice that leaves one thing only nothing is asked: the form carries it, and it is told as (question, answer)."""
    told = []
    for name in names:
        field = form.fields[name]
        choices = list(field.choices)  # type: ignore[attr-defined]
        if len(choices) == 1:
            [(value, answer)] = choices
            field.widget, field.initial = forms.HiddenInput(), str(value)
            told.append((str(field.label), str(answer)))
    return told


def done(form: forms.Form, act: Callable[[], object]) -> bool:
    """Whether what the form says was right and done; if not, the form says what was wrong beside what was typed."""
    if not form.is_valid():
        return False
    try:
        act()
    except Invalid as refusal:
        form.add_error(None, f"{refusal.what} {refusal.do}")
        return False
    return True
