"""The API's addresses. Its operations carry their policies in ``operations``."""

from __future__ import annotations

from django.urls import path

from .operations import api

urlpatterns = [path("v1/", api.urls)]
