"""The address of a growth chart."""

from __future__ import annotations

from django.urls import URLPattern

from overread.workflow.accounts.roles import Permission

from ..policies import in_case
from ..routing import page
from . import views

urlpatterns: list[URLPattern] = [
    page(
        "cases/<uuid:case>/facts/growth/<int:number>.svg",
        views.chart,
        name="growth-chart",
        policy=in_case(Permission.SEE_CASE),
    ),
]
