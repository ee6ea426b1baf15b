"""The address of the symptoms page."""

from __future__ import annotations

from django.urls import URLPattern

from ..policies import EVERYONE
from ..routing import page
from . import views

urlpatterns: list[URLPattern] = [
    page("symptoms/", views.symptoms, name="symptoms", policy=EVERYONE, methods=("GET", "POST")),
]
