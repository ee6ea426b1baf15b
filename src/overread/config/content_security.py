"""What a page may load and run, and the other headers that keep a browser on our side."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

Policy = Mapping[str, tuple[str, ...]]

STRICT: Policy = {
    "default-src": ("'self'",),
    "script-src": ("'self'",),
    "style-src": ("'self'",),
    "img-src": ("'self'", "data:"),
    "object-src": ("'none'",),
    "base-uri": ("'none'",),
    "form-action": ("'self'",),
    "frame-ancestors": ("'self'",),
}

HEADERS = {
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class ContentSecurityMiddleware:
    """Sends the strict policy; ``request.csp_nonce`` is for a page's own scripts and styles.

    A path of ``settings.CSP_ADDITIONS_BY_PATH`` (its prefix) adds what it needs and nothing else does.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        nonce = secrets.token_urlsafe(16)
        request.csp_nonce = nonce  # type: ignore[attr-defined]
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy_text(nonce, additions_for(request.path)))
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:  # nothing of a case stays on a computer that others use
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


def additions_for(path: str) -> Policy:
    """What the settings add for this path; the longest matching prefix counts."""
    by_path: Mapping[str, Policy] = settings.CSP_ADDITIONS_BY_PATH
    matching = [prefix for prefix in by_path if path.startswith(prefix)]
    return by_path[max(matching, key=len)] if matching else {}


def policy_text(nonce: str, additions: Policy) -> str:
    """The header's value: the strict policy, the page's nonce, and what its path adds."""
    own = {"script-src": (f"'nonce-{nonce}'",), "style-src": (f"'nonce-{nonce}'",)}
    names = [*STRICT, *(name for name in additions if name not in STRICT)]
    directives = []
    for name in names:
        base = STRICT.get(name, STRICT["default-src"])
        directives.append(" ".join((name, *dict.fromkeys((*base, *own.get(name, ()), *additions.get(name, ()))))))
    return "; ".join(directives)
