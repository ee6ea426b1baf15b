"""Addresses of the clinical reference."""

from __future__ import annotations

from django.urls import URLPattern

from ..policies import EVERYONE
from ..routing import page
from . import views

urlpatterns: list[URLPattern] = [
    page("reference/", views.index, name="reference", policy=EVERYONE),
    page("reference/<slug:folder>/<slug:name>/", views.file, name="reference-file", policy=EVERYONE),
]
