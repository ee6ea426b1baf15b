"""The images of a case as one viewer may see them. The only way from here to a file."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from overread.clinical.record import Domain, Nature
from overread.interop import dicom
from overread.workflow.audit.actors import Actor
from overread.workflow.cases.models import Case
from overread.workflow.cases.queries import seat_of
from overread.workflow.cases.visibility import Item, ItemKind, may_see
from overread.workflow.errors import NotFound
from overread.workflow.intake import store
from overread.workflow.intake.queries import visible_instances

T = TypeVar("T")

PATIENT_ID, STUDY_UID = "00100020", "0020000D"
# What nobody has read and cleared: the words in a header, as `visibility` judges any other free text.
UNREAD_WORDS = Item(ItemKind.DOCUMENT, Domain.PLAN, Nature.INTERPRETATION)


class _File(Protocol):
    @property
    def sha256(self) -> str: ...


class _Row(Protocol):
    """What is needed of a row of ``intake``."""

    @property
    def file(self) -> _File: ...


@dataclass(frozen=True, slots=True)
class Images:
    """A case's images for one viewer. ``words_hidden``: headers are shown without free text, reports not at all."""

    paths: dict[str, Path]  # by SOP instance UID
    studies: tuple[dicom.Study, ...]
    words_hidden: bool

    def study(self, uid: str) -> dicom.Study:
        return _one(s for s in self.studies if s.uid == uid)

    def series(self, study: str, series: str) -> dicom.Series:
        return _one(s for s in self.study(study).series if s.uid == series)

    def path(self, study: str, series: str, instance: str) -> Path:
        """The instance's file; NotFound unless it is there and in that place."""
        _one(i for i in self.series(study, series).instances if i.sop_uid == instance)
        return self.paths[instance]

    def shown(self, row: dicom.Json) -> dicom.Json:
        """A DICOM JSON object as this viewer may read it; patients without a name still count as one or several."""
        if not self.words_hidden:
            return row
        return {**dicom.without_free_text(row), PATIENT_ID: {"vr": "LO", "Value": [self._patient(row)]}}

    def _patient(self, row: dicom.Json) -> str:
        uid = dicom.value(row, STUDY_UID)
        people = list(dict.fromkeys(s.subject.key for s in self.studies))
        return f"Patient {1 + people.index(self.study(str(uid)).subject.key)}"


def images(viewer: Actor, case: Case) -> Images:
    """Every image of the case that the viewer may see now."""
    words_hidden = not may_see(seat_of(viewer, case), UNREAD_WORDS)
    return arranged(visible_instances(viewer, case), words_hidden=words_hidden)


def arranged(rows: Iterable[_Row], *, words_hidden: bool) -> Images:
    paths = [store.path_of(row.file.sha256) for row in rows]
    headers = [(path, header(path)) for path in paths]
    kept = [(p, h) for p, h in headers if not (words_hidden and h.nature is Nature.INTERPRETATION)]
    return Images({h.sop_uid: p for p, h in kept}, dicom.index(h for _, h in kept), words_hidden)


@functools.lru_cache(maxsize=20_000)
def header(path: Path) -> dicom.Instance:
    """The header of a stored file. Files are named by their content, so that one name always holds the same."""
    return dicom.examine(path)


def _one(found: Iterable[T]) -> T:
    for item in found:
        return item
    raise NotFound
