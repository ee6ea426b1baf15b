"""The public data in use, and experts ranked from it for a case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from overread.clinical import experts
from overread.clinical.record import Record
from overread.interop.public_data import releases

from ..audit.actors import Actor
from ..cases.models import Case
from . import permissions
from .models import Release
from .topic import asked_topic


def in_use(kind: str) -> Release | None:
    """The release of this kind that is in use; None before the first import."""
    return Release.objects.filter(kind=kind, in_use=True).first()


def experts_for(viewer: Actor, case: Case, record: Record, now: datetime) -> experts.Ranking:
    """Experts for the record's cancer, or for the one that was asked about, from the publications in use.

    Without any, an empty ranking that says so.
    """
    permissions.require(permissions.may_rank(viewer, case))
    release = in_use("pubmed")
    articles = _articles(release.folder) if release else ()
    topic = asked_topic(case, record) or experts.topic_of(record)
    return experts.rank(articles, topic, now.date(), first_doctors(record))


def first_doctors(record: Record) -> Sequence[str]:
    """Whom the record names as author of an interpretation: experts should be independent of them."""
    return tuple(dict.fromkeys(f.provenance.author for f in record.facts if f.provenance.author))


@lru_cache(maxsize=2)
def _articles(folder: str) -> tuple[experts.Article, ...]:
    """A release never changes, so that its articles are read once a process."""
    path = Path(folder)
    return tuple(releases.open_release(path.parent, path.name).articles())
