"""What is asked of somebody who makes an account, beside address and password."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest

from overread.workflow.accounts.models import Person


class NameForm(forms.Form):
    name = forms.CharField(label="Your name", max_length=200, widget=forms.TextInput({"autocomplete": "name"}))
    field_order = ("name", "email", "password1", "password2")

    def signup(self, request: HttpRequest, user: Person) -> None:
        """The adapter has kept the name already; the framework asks for this method."""
