"""Writing a release of public data and putting it into use."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from overread.interop.public_data import releases
from overread.workflow.audit.actors import System
from overread.workflow.directory import actions

TERMINAL = System("terminal")
WRITERS = {"pubmed": releases.write_articles, "trials": releases.write_trials}


def import_release(kind: str, files: Sequence[Path], source: str) -> str:
    """The release written, checked and in use; a sentence that says so. Raises PublicDataError and keeps the old one."""
    now = timezone.now()
    name, root = f"{kind}-{now:%Y%m%d-%H%M%S-%f}", settings.VAR / "releases"
    begun = actions.begin_release(kind=kind, source=source, folder=str(root / name), by=TERMINAL, now=now)
    written = WRITERS[kind](root, name, files, source=source, on=now.date())
    counts = {"records": written.manifest.rows, "refused": len(written.manifest.refused)}
    actions.use_release(release=begun, counts=counts, by=TERMINAL, now=timezone.now())
    return f"{counts['records']} records are in use, {counts['refused']} could not be used."
