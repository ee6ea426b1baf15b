"""Forms that every role meets."""

from __future__ import annotations

from django import forms

from ..forms import PlainForm


class MessageForm(PlainForm):
    text = forms.CharField(label="Your message", max_length=10_000, widget=forms.Textarea(attrs={"rows": 4}))
