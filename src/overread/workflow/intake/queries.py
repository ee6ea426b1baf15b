"""All reads of received files, scoped to a viewer."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from overread.clinical.record import Domain, Nature
from overread.interop.documents import Word

from ..audit.actors import Actor
from ..cases.models import Case
from ..cases.queries import seat_of
from ..cases.visibility import Item, ItemKind, Seat, may_see
from ..errors import NotFound
from . import places, store
from .models import Instance, ReceivedFile, WordPlaces
from .transitions import FileState


def item_of(file: ReceivedFile) -> Item:
    """The file as it came: its name and all of its words, so an image's file too is free text."""
    return Item(ItemKind.DOCUMENT, Domain(file.domain), Nature(file.nature), cleared=file.cleared_at is not None)


def picture_of(file: ReceivedFile) -> Item:
    """What an image's file shows: pixels, unless it holds somebody's words or marks about other pixels."""
    return Item(ItemKind.IMAGE) if file.nature == Nature.SOURCE else item_of(file)


def sees(seat: Seat, file: ReceivedFile) -> bool:
    return may_see(seat, item_of(file))


def files(viewer: Actor, case: Case) -> Sequence[ReceivedFile]:
    """The documents and images that the viewer may see, as they came."""
    seat = seat_of(viewer, case)
    rows = ReceivedFile.objects.filter(case=case).select_related("case")
    return [f for f in rows if sees(seat, f)]


def documents(viewer: Actor, case: Case) -> Sequence[ReceivedFile]:
    """Accepted documents with a text, that the viewer may read."""
    return [f for f in files(viewer, case) if f.state == FileState.ACCEPTED and f.kind in ("report", "scan")]


def file_for(viewer: Actor, case: Case, key: uuid.UUID) -> ReceivedFile:
    """One file; NotFound when there is none or the viewer may not see it."""
    file = ReceivedFile.objects.select_related("case").filter(case=case, key=key).first()
    if file is None or not sees(seat_of(viewer, case), file):
        raise NotFound
    return file


def content(viewer: Actor, case: Case, key: uuid.UUID) -> bytes:
    """The bytes of a file that the viewer may see."""
    file = file_for(viewer, case, key)
    if file.state == FileState.REFUSED:
        raise NotFound("This file was refused; its bytes were not kept.", "The list of files says why.")
    return store.read(file.sha256)


def words_on(viewer: Actor, case: Case, key: uuid.UUID, page: int) -> Sequence[Word]:
    """The words of one page with their places, for those who may read the document; none where no place is known."""
    kept = WordPlaces.objects.filter(file=file_for(viewer, case, key)).first()
    return places.words(kept.places, page) if kept else ()


def visible_instances(viewer: Actor, case: Case) -> Sequence[Instance]:
    """The DICOM instances that the viewer may look at, in reading order."""
    seat = seat_of(viewer, case)
    rows = Instance.objects.filter(case=case, file__state=FileState.ACCEPTED, file__kind="dicom").select_related("file")
    return [i for i in rows if may_see(seat, picture_of(i.file))]


@dataclass(frozen=True, slots=True)
class Slide:
    """A whole-slide image: one file, or the files of a DICOM series, each of which holds a level.

    number: counted from 1 in the case. name: of its first file, empty where the viewer may not read it.
    """

    number: int
    files: tuple[ReceivedFile, ...]
    name: str

    @property
    def key(self) -> uuid.UUID:
        return self.files[0].key


def visible_slides(viewer: Actor, case: Case) -> Sequence[Slide]:
    """The slides whose tissue the viewer may look at, in the order in which they came."""
    seat = seat_of(viewer, case)
    rows = ReceivedFile.objects.filter(case=case, state=FileState.ACCEPTED, kind="slide").select_related("instance")
    of_slide: dict[str, list[ReceivedFile]] = {}
    for file in (f for f in rows if may_see(seat, picture_of(f))):
        instance = getattr(file, "instance", None)
        of_slide.setdefault(instance.series_uid if instance else file.sha256, []).append(file)
    return [
        Slide(number, tuple(files), files[0].name if sees(seat, files[0]) else "")
        for number, files in enumerate(of_slide.values(), 1)
    ]


def slide_for(viewer: Actor, case: Case, key: uuid.UUID) -> Slide:
    """One slide; NotFound when there is none or the viewer may not look at it."""
    for slide in visible_slides(viewer, case):
        if slide.key == key:
            return slide
    raise NotFound


def waiting(case: Case) -> Sequence[ReceivedFile]:
    """Files that were received and not yet examined, for the installation's own job."""
    return list(ReceivedFile.objects.filter(case=case, state=FileState.QUARANTINED).select_related("case"))
