"""Every address of an installation."""

from __future__ import annotations

from django.urls import include, path

handler400 = "overread.web.errors.bad_request"
handler403 = "overread.web.errors.forbidden"
handler404 = "overread.web.errors.not_found"
handler500 = "overread.web.errors.server_error"

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("", include("overread.web.urls")),
]
