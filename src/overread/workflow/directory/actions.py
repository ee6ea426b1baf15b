"""All writes to releases."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from ..audit.actions import record
from ..audit.actors import Actor
from . import permissions, transitions
from .models import Release


@transaction.atomic
def begin_release(*, kind: str, source: str, folder: str, by: Actor, now: datetime) -> Release:
    """Note that a release is being written; it is not used before it is ready."""
    permissions.require(permissions.may_import(by))
    release = Release.objects.create(kind=kind, state="importing", source=source, folder=folder, made_at=now)
    record(action="directory.release_begun", by=by, now=now, about=("release", release.key), detail={"kind": kind})
    return release


@transaction.atomic
def use_release(*, release: Release, counts: Mapping[str, int], by: Actor, now: datetime) -> Release:
    """The release is complete: use it from now on in place of the one before."""
    permissions.require(permissions.may_import(by))
    held = Release.objects.select_for_update().get(pk=release.pk)
    held.state = transitions.after(held.state)
    Release.objects.filter(kind=held.kind, in_use=True).update(in_use=False)
    held.in_use, held.ready_at, held.counts = True, now, dict(counts)
    held.save(update_fields=["state", "in_use", "ready_at", "counts"])
    about, detail = ("release", held.key), {"kind": held.kind, "counts": dict(counts)}
    record(action="directory.release_used", by=by, now=now, about=about, detail=detail)
    return held
