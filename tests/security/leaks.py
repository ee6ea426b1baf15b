"""Leaks to plant: each gives something away that is hidden, in another part of an answer."""

from __future__ import annotations

import hashlib
import pkgutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any
from unittest import mock

from django.shortcuts import render

from overread.web.api import operations
from overread.web.casefile import glance
from overread.web.viewer import slides
from overread.workflow.accounts import actions as accounts
from overread.workflow.audit.actors import System
from overread.workflow.cases.models import Case, Participation
from overread.workflow.errors import NotAllowed, NotFound
from overread.workflow.facts.models import FactRow
from overread.workflow.facts.reading import subject_of
from overread.workflow.intake import queries as intake
from overread.workflow.intake.models import ReceivedFile


@dataclass(frozen=True)
class Leak:
    """``target`` replaced by ``made(original)``; ``seen_at``: the routes at which it shows, none for the mail."""

    target: str
    made: Callable[[Any], Any]
    seen_at: Sequence[str] = ()

    @contextmanager
    def planted(self) -> Iterator[None]:
        original = pkgutil.resolve_name(self.target)
        with mock.patch(self.target, self.made(original)):
            yield


def responding(change: Callable[[Any, Case], None]) -> Callable[[Any], Any]:
    def made(original: Any) -> Any:
        def rendered(request: Any, template: str, context: Any) -> Any:
            response = render(request, template, context)
            change(response, context["case"])
            return response

        return rendered

    return made


def header(response: Any, case: Case) -> None:
    response["X-Facts"] = str(FactRow.objects.filter(case=case).count())


def etag(response: Any, case: Case) -> None:
    names = ReceivedFile.objects.filter(case=case).values_list("name", flat=True)
    response["ETag"] = hashlib.sha256("".join(names).encode()).hexdigest()


def cookie(response: Any, case: Case) -> None:
    response.set_cookie("seen", str(ReceivedFile.objects.filter(case=case).count()))


def length(response: Any, case: Case) -> None:
    response.content += b" " * ReceivedFile.objects.filter(case=case).count()


def ordered_by_what_is_hidden(original: Any) -> Any:
    def documents(viewer: Any, case: Case) -> Any:
        found = list(original(viewer, case))
        papers = ReceivedFile.objects.filter(case=case, kind__in=("report", "scan")).count()
        return found[::-1] if papers > len(found) else found

    return documents


def telling_hidden_from_missing(original: Any) -> Any:
    def file_for(viewer: Any, case: Case, key: Any) -> Any:
        if ReceivedFile.objects.filter(case=case, key=key).exists():
            try:
                return original(viewer, case, key)
            except NotFound:
                raise NotAllowed from None
        return original(viewer, case, key)

    return file_for


def with_title_in_mail(original: Any) -> Any:
    return lambda subject, body, *rest: original(subject, body + Case.objects.latest("pk").title, *rest)


def all_files(original: Any) -> Any:
    return lambda viewer, case: list(ReceivedFile.objects.filter(case=case, kind__in=("report", "scan")))


def everybody(original: Any) -> Any:
    return lambda viewer, case: list(Participation.objects.filter(case=case).select_related("person"))


def with_title(original: Any) -> Any:
    return lambda viewer, case: original(viewer, case) | {"title": case.title}


def counted(original: Any) -> Any:
    return lambda seat, case: f"{case.reference} ({FactRow.objects.filter(case=case).count()})"


def named_after_all(original: Any) -> Any:
    def view(*given: Any) -> Any:
        made = original(*given)
        return replace(made, subject=subject_of(made.row))

    return view


def as_the_system(original: Any) -> Any:
    """What nobody's eyes are spared: the whole record, whoever asks."""
    return lambda viewer, case: original(System("tests"), case)


def always(value: Any) -> Callable[[Any], Any]:
    return lambda original: lambda *args, **kwargs: value


def tagged_by_file(original: Any) -> Any:
    def answer(request: Any, data: bytes, kind: str) -> Any:
        response = original(request, data, kind)
        response["ETag"] = ReceivedFile.objects.filter(kind="slide").latest("pk").sha256
        return response

    return answer


def with_label(original: Any) -> Any:
    """The thumbnail followed by what the file says about itself, as OpenSlide's properties would."""
    return lambda files, side: original(files, side) + files[0].read_bytes()[:400]


VIEWS = "overread.web.casefile.views"
LEAKS: dict[str, Leak] = {
    "a header": Leak(f"{VIEWS}.render", responding(header), ["case"]),
    "an ETag": Leak(f"{VIEWS}.render", responding(etag), ["case"]),
    "a cookie": Leak(f"{VIEWS}.render", responding(cookie), ["case"]),
    "the length of a page": Leak(f"{VIEWS}.render", responding(length), ["case"]),
    "a count": Leak(f"{glance.__name__}.title", counted, ["case"]),
    "a name of somebody else": Leak("overread.workflow.cases.queries.participants", everybody, ["case"]),
    "a file name": Leak("overread.workflow.referrals.queries.documents", all_files, ["packet"]),
    "an ordering": Leak("overread.workflow.referrals.queries.documents", ordered_by_what_is_hidden, ["packet"]),
    "a question that nobody cleared": Leak("overread.workflow.cases.queries.may_see", always(True), ["packet"]),
    "a hidden fact": Leak("overread.workflow.facts.queries.may_see", always(True), ["packet"]),
    "what is derived from a hidden fact": Leak("overread.workflow.facts.queries.lead_record", as_the_system, ["api:assessment"]),
    "whose record it is": Leak(
        "overread.workflow.facts.queries._anonymous", named_after_all, ["api:facts"]
    ),
    "hidden told from missing": Leak(f"{intake.__name__}.file_for", telling_hidden_from_missing, ["document", "file"]),
    "an image's file": Leak(f"{intake.__name__}.sees", always(True), ["file"]),
    "a field of the API": Leak(f"{operations.__name__}._case", with_title, ["api:case"]),
    "a field of a DICOM header": Leak(
        "overread.interop.dicom.without_free_text", lambda original: lambda row: row, ["dicomweb_metadata"]
    ),
    "a DICOM file as it came": Leak(
        "overread.interop.dicom.deidentified", lambda original: lambda path: path.read_bytes(), ["dicomweb_instance"]
    ),
    "the name of a slide": Leak(f"{intake.__name__}.sees", always(True), ["slides"]),
    "the digest of a slide's file": Leak(f"{slides.__name__}._answer", tagged_by_file, ["slide_tile", "slide_descriptor"]),
    "the label of a slide": Leak("overread.interop.slides.thumbnail", with_label, ["slide_thumbnail"]),
}  # fmt: skip
MAIL = Leak(f"{accounts.__name__}.send_mail", with_title_in_mail)
