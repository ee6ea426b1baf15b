"""Versioned read-only releases of public data: a folder with one Parquet file and a manifest, complete or not there.

    release = write_articles(root, "pubmed-2026-11", files, source="MEDLINE", on=date(2026, 11, 21))
    release.table()                                  # an Ibis expression over the flat columns
    release.articles(words=("breast",))              # the articles themselves

A release is written in ``<name>.importing`` and renamed once its manifest is on disk, so a name is either ready or still
importing (or its import died: ``state`` says importing, and ``write_*`` clears it). Nothing changes a release afterwards.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from overread.clinical.experts import Article, Author, MeshHeading, Retraction
from overread.clinical.trials import Contact, Location, Trial, split_criteria

from . import clinicaltrials, pubmed
from .errors import BrokenRelease, PublicDataError, ReleaseExists, ReleaseNotReady

_DATA, _MANIFEST, _BATCH = "data.parquet", "manifest.json", 1000
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}")


class State(StrEnum):
    ABSENT = "absent"
    IMPORTING = "importing"
    READY = "ready"


@dataclass(frozen=True, slots=True)
class Manifest:
    """kind: ``articles`` or ``trials``. source, on: as given. files: name, SHA-256 and records of each file read.
    rows: records kept (of several with one number the last stays). refused: records that could not be used.
    sha256: of the Parquet file."""

    name: str
    kind: str
    source: str
    on: str
    files: tuple[dict[str, Any], ...]
    rows: int
    refused: tuple[str, ...]
    sha256: str


@dataclass(frozen=True, slots=True)
class Release:
    """A release that is ready. Reading never changes it."""

    path: Path
    manifest: Manifest

    def table(self) -> Any:
        """The Parquet file as an Ibis table: number, title, year, words (folded text to search), document (JSON)."""
        return ibis.duckdb.connect().read_parquet(str(self.path / _DATA))

    def articles(self, words: Iterable[str] = ()) -> Iterator[Article]:
        """The articles whose title, subjects, keywords or abstract hold one of the words; all without words."""
        return (_article(json.loads(document)) for document in self._documents("articles", words))

    def trials(self, words: Iterable[str] = ()) -> Iterator[Trial]:
        """The trials whose title, conditions, interventions or number hold one of the words; all without words."""
        return (_trial(json.loads(document)) for document in self._documents("trials", words))

    def _documents(self, kind: str, words: Iterable[str]) -> list[str]:
        if self.manifest.kind != kind:
            raise BrokenRelease(self.manifest.name, f"it holds {self.manifest.kind}, not {kind}")
        table = self.table()
        asked = [table.words.contains(word.casefold()) for word in words]
        found = table.filter(ibis.or_(*asked)) if asked else table
        return list(found.order_by("number").select("document").to_pyarrow()["document"].to_pylist())


def write_articles(root: Path, name: str, files: Iterable[Path], *, source: str, on: date) -> Release:
    """A release of the PubMed files' articles. A number met again replaces the earlier one, as PubMed's updates do."""
    return _write(
        root,
        name,
        "articles",
        files,
        source,
        on,
        lambda f, refused: map(_article_row, pubmed.articles(f, refused=refused)),
    )


def write_trials(root: Path, name: str, files: Iterable[Path], *, source: str, on: date) -> Release:
    """A release of the ClinicalTrials.gov files' trials."""
    return _write(root, name, "trials", files, source, on, lambda f, _: map(_trial_row, clinicaltrials.trials(f)))


def state(root: Path, name: str) -> State:
    if (root / name / _MANIFEST).is_file():
        return State.READY
    return State.IMPORTING if (root / f"{name}.importing").is_dir() else State.ABSENT


def open_release(root: Path, name: str) -> Release:
    """A release that is ready and undamaged: its Parquet file has the SHA-256 of its manifest."""
    found = state(root, name) if _NAME.fullmatch(name) else State.ABSENT
    if found is not State.READY:
        raise ReleaseNotReady(name, found.value)
    try:
        content = json.loads((root / name / _MANIFEST).read_text(encoding="utf-8"))
        manifest = Manifest(**content | {key: tuple(content[key]) for key in ("files", "refused")})
        digest = _sha256(root / name / _DATA)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise BrokenRelease(name, "its manifest or data cannot be read") from error
    if digest != manifest.sha256:
        raise BrokenRelease(name, "its data is not what its manifest says")
    return Release(root / name, manifest)


def releases(root: Path) -> tuple[str, ...]:
    """The names of the releases that are ready, in alphabetical order."""
    return tuple(sorted(p.parent.name for p in root.glob(f"*/{_MANIFEST}") if not p.parent.name.endswith(".importing")))


_Rows = Callable[[Path, Callable[[str], None]], Iterator[dict[str, Any]]]


def _write(root: Path, name: str, kind: str, files: Iterable[Path], source: str, on: date, rows: _Rows) -> Release:
    if not _NAME.fullmatch(name):
        raise PublicDataError(f"{name!r} cannot name a release: use small letters, digits, dots, dashes.")
    if state(root, name) is State.READY:
        raise ReleaseExists(name)
    building = root / f"{name}.importing"
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir(parents=True)
    try:
        manifest = _built(building, Manifest(name, kind, source, on.isoformat(), (), 0, (), ""), files, rows)
        (building / _MANIFEST).write_text(json.dumps(asdict(manifest), indent=2), encoding="utf-8")
        _flush(building)
        building.rename(root / name)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
    return Release(root / name, manifest)


def _built(building: Path, manifest: Manifest, files: Iterable[Path], rows: _Rows) -> Manifest:
    raw, refused, read = building / "raw.parquet", [], []  # type: ignore[var-annotated]
    with pq.ParquetWriter(raw, _SCHEMA) as writer:
        for file in files:
            count = _copied(writer, rows(file, refused.append))
            read.append({"name": file.name, "sha256": _sha256(file), "records": count})
    kept = _deduplicated(raw, building / _DATA)
    raw.unlink()
    return replace(manifest, files=tuple(read), refused=tuple(refused), rows=kept, sha256=_sha256(building / _DATA))


_SCHEMA = pa.schema(
    [
        ("number", pa.string()),
        ("title", pa.string()),
        ("year", pa.int32()),
        ("words", pa.string()),
        ("document", pa.string()),
    ]
)


def _copied(writer: Any, rows: Iterator[dict[str, Any]]) -> int:
    count = 0
    while batch := list(islice(rows, _BATCH)):
        writer.write_table(pa.Table.from_pylist(batch, schema=_SCHEMA))
        count += len(batch)
    return count


def _deduplicated(raw: Path, out: Path) -> int:
    """The last record of each number, in the order of the numbers."""
    table = ibis.duckdb.connect().read_parquet(str(raw)).mutate(place=ibis.row_number())
    last = table.group_by("number").order_by(ibis.desc("place")).mutate(rank=ibis.row_number())
    kept = last.filter(last.rank == 0).drop("place", "rank").order_by("number")
    kept.to_parquet(str(out))
    return int(pq.read_metadata(out).num_rows)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _flush(folder: Path) -> None:
    """Files are on disk and read-only before the folder gets its name."""
    for path in folder.iterdir():
        with path.open("rb") as file:
            os.fsync(file.fileno())
        path.chmod(0o444)


def _article_row(article: Article) -> dict[str, Any]:
    text = (article.title, *(h.name for h in article.mesh), *article.keywords, article.abstract or "")
    return _row(article.pmid, article.title, article.year, text, asdict(article))


def _trial_row(trial: Trial) -> dict[str, Any]:
    year = re.search(r"\b(19|20)\d\d\b", trial.updated or "")
    text = (trial.nct, trial.title, *trial.conditions, *trial.interventions)
    plain = asdict(trial) | {"criteria": []}  # split again from the text when read
    return _row(trial.nct, trial.title, int(year[0]) if year else None, text, plain)


def _row(number: str, title: str, year: int | None, text: Iterable[str], plain: dict[str, Any]) -> dict[str, Any]:
    words = "\n".join(text).casefold()
    return {
        "number": number,
        "title": title,
        "year": year,
        "words": words,
        "document": json.dumps(plain, ensure_ascii=False),
    }


def _article(plain: dict[str, Any]) -> Article:
    return Article(**plain | {
        "mesh": tuple(MeshHeading(**h) for h in plain["mesh"]),
        "authors": tuple(Author(**a | {"affiliations": tuple(a["affiliations"])}) for a in plain["authors"]),
        "keywords": tuple(plain["keywords"]),
        "types": tuple(plain["types"]),
        "retraction": Retraction(plain["retraction"]),
    })  # fmt: skip


def _trial(plain: dict[str, Any]) -> Trial:
    return Trial(**plain | {
        "criteria": split_criteria(plain["eligibility"]),
        "locations": tuple(Location(**place | {"contacts": _contacts(place)}) for place in plain["locations"]),
        "contacts": _contacts(plain),
        **{key: tuple(plain[key]) for key in ("phases", "conditions", "interventions")},
    })  # fmt: skip


def _contacts(plain: dict[str, Any]) -> tuple[Contact, ...]:
    return tuple(Contact(**contact) for contact in plain["contacts"])
