"""Every refusal as a page or as problem details (RFC 9457): what was wrong, what to do, that nothing was lost."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from overread.workflow.errors import NotAllowed, NotFound, WorkflowError

from .ways_on import titled, ways_on

API_PREFIX = "/api/"
NUL = "\x00"
NUL_SENT = (
    "What was sent holds a character that is not text (NUL).",
    "Type it instead of pasting it, and send it again.",
)
NOTHING_LOST = "Nothing was changed, and nothing that you sent before was lost."


class RefusalMiddleware:
    """Turns a workflow's refusal into an answer that says what was wrong and what to do."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and request.path.startswith(API_PREFIX):
            return _wrong_method(response)
        return response

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        """The database can hold any character but one; who sends it is told before anything is done."""
        if any(NUL in text for sent in (request.GET, request.POST) for _, texts in sent.lists() for text in texts):
            return answer(request, HTTPStatus.UNPROCESSABLE_ENTITY, "This cannot be used", *NUL_SENT)
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, WorkflowError):
            return answer(request, error.status, error.title, error.what, error.do)
        return None


def _wrong_method(response: HttpResponse) -> HttpResponse:
    allowed = response.headers["Allow"]
    refusal = problem(
        response.status_code, "Wrong method", "This address does not take that method.", f"Use {allowed}."
    )
    refusal.headers["Allow"] = allowed
    return refusal


def answer(request: HttpRequest, status: int, title: str, what: str, do: str) -> HttpResponse:
    """The refusal in the form that the address speaks."""
    if request.path.startswith(API_PREFIX):
        return problem(status, title, what, do)
    context = {
        "status": status,
        "title": titled(request, status, title),
        "what": what,
        "do": do,
        "nothing_lost": NOTHING_LOST if request.method == "POST" else "",
        "ways": ways_on(request, status),
    }
    return render(request, "errors/refusal.html", context, status=status)


def problem(status: int, title: str, what: str, do: str = "") -> JsonResponse:
    """Problem details. ``type`` is about:blank: the title follows from the status."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": what, "what_to_do": do}
    return JsonResponse(body, status=status, content_type="application/problem+json")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    error = NotFound()
    known = getattr(request, "user", None) is not None and request.user.is_authenticated
    do = error.do if known else "Begin at the home page. If it is a page of your case, sign in first."
    return answer(request, error.status, error.title, error.what, do)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    what, do = "The request could not be understood.", "Go back and try again."
    return answer(request, HTTPStatus.BAD_REQUEST, "Not understood", what, do)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    error = NotAllowed()
    return answer(request, error.status, error.title, error.what, error.do)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    what = "The page was open for too long, or was opened from somewhere else."
    return answer(request, HTTPStatus.FORBIDDEN, "Please try again", what, "Go back, load the page again, and repeat.")


def server_error(request: HttpRequest) -> HttpResponse:
    what = "Something went wrong on our side. It was written down."
    return answer(request, HTTPStatus.INTERNAL_SERVER_ERROR, "Our mistake", what, "Try again in a moment.")
