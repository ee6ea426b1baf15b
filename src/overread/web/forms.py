"""Forms look alike everywhere: each widget carries the design system's class."""

from __future__ import annotations

from typing import Any

from django import forms

CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "grid gap-2"),
    (forms.HiddenInput, ""),
    (forms.CheckboxInput, "checkbox"),
    (forms.Select, "select w-full"),
    (forms.Textarea, "textarea w-full"),
    (forms.Widget, "input w-full"),
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
