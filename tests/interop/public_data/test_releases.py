"""A release is complete or not there, never changes, and gives back what its files held."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from overread.interop.public_data import (
    BrokenRelease,
    NotXml,
    PublicDataError,
    ReleaseExists,
    ReleaseNotReady,
    clinicaltrials,
    pubmed,
    releases,
)

# Ibis 12 still calls DuckDB by a name that DuckDB is about to drop.
pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")

DAY = date(2026, 11, 21)
HERE = Path(__file__).parent
ARTICLES, TRIAL = HERE / "articles.xml", HERE / "trial.json"


def written(root: Path) -> releases.Release:
    return releases.write_articles(root, "pubmed-1", [ARTICLES], source="written by hand", on=DAY)


def test_articles_come_back_as_they_were_read(tmp_path: Path) -> None:
    release = written(tmp_path)
    given = {a.pmid: a for a in pubmed.articles(ARTICLES)}
    assert {a.pmid: a for a in releases.open_release(tmp_path, "pubmed-1").articles()} == given
    assert release.manifest.rows == len(given) == release.table().count().to_pyarrow().as_py()
    assert release.manifest.files[0]["records"] == len(given)
    assert len(release.manifest.refused) == 2


def test_articles_are_found_by_word(tmp_path: Path) -> None:
    release = written(tmp_path)
    assert {a.pmid for a in release.articles(["Prostat"])} == {"103"}
    assert not list(release.articles(["zebra"]))


def test_trials_come_back_with_their_criteria(tmp_path: Path) -> None:
    release = releases.write_trials(tmp_path, "trials-1", [TRIAL], source="written by hand", on=DAY)
    assert list(release.trials()) == list(clinicaltrials.trials(TRIAL))
    with pytest.raises(BrokenRelease):
        release.articles()


def test_a_record_met_again_replaces_the_earlier_one(tmp_path: Path) -> None:
    newer = tmp_path / "newer.xml"
    newer.write_text(
        ARTICLES.read_text(encoding="utf-8").replace("Lobular breast cancer after <i>menopause</i>", "Changed"),
        encoding="utf-8",
    )
    release = releases.write_articles(tmp_path, "two", [ARTICLES, newer], source="x", on=DAY)
    titles = {a.pmid: a.title for a in release.articles()}
    assert titles["101"] == "Changed"
    assert release.manifest.rows == len(titles)


def test_a_name_is_used_once(tmp_path: Path) -> None:
    written(tmp_path)
    with pytest.raises(ReleaseExists):
        written(tmp_path)
    assert releases.releases(tmp_path) == ("pubmed-1",)


def test_a_failed_import_leaves_nothing(tmp_path: Path) -> None:
    bad = tmp_path / "bad.xml"
    bad.write_text("no xml at all")
    with pytest.raises(NotXml):
        releases.write_articles(tmp_path, "pubmed-1", [ARTICLES, bad], source="x", on=DAY)
    assert releases.state(tmp_path, "pubmed-1") is releases.State.ABSENT


def test_an_unfinished_import_cannot_be_opened_but_be_done_again(tmp_path: Path) -> None:
    (tmp_path / "pubmed-1.importing").mkdir()
    assert releases.state(tmp_path, "pubmed-1") is releases.State.IMPORTING
    with pytest.raises(ReleaseNotReady):
        releases.open_release(tmp_path, "pubmed-1")
    assert written(tmp_path).manifest.rows


def test_a_changed_release_is_noticed(tmp_path: Path) -> None:
    release = written(tmp_path)
    data = release.path / "data.parquet"
    data.chmod(0o644)
    data.write_bytes(data.read_bytes() + b"x")
    with pytest.raises(BrokenRelease):
        releases.open_release(tmp_path, "pubmed-1")
    (release.path / "manifest.json").chmod(0o644)
    (release.path / "manifest.json").write_text("{}")
    with pytest.raises(BrokenRelease):
        releases.open_release(tmp_path, "pubmed-1")


@pytest.mark.parametrize("name", ["../up", "", "Capital", "a/b"])
def test_a_name_stays_in_its_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(PublicDataError):
        releases.write_articles(tmp_path, name, [ARTICLES], source="x", on=DAY)
    with pytest.raises(PublicDataError):
        releases.open_release(tmp_path, name)
