"""PubMed XML -> articles; what is wrong with a file has a name."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overread.clinical.experts import Article, MeshHeading, Retraction
from overread.interop.public_data import (
    EmptyFile,
    NotThisKind,
    NotXml,
    PublicDataError,
    TooLarge,
    Truncated,
    UnsafeXml,
    pubmed,
    streams,
)

FILE = Path(__file__).parent / "articles.xml"


def read(source: bytes) -> list[Article]:
    return list(pubmed.articles(source))


def test_an_article_is_read_whole() -> None:
    article = read(FILE.read_bytes())[0]
    assert (article.pmid, article.title) == ("101", "Lobular breast cancer after menopause")
    assert (article.journal, article.year) == ("Journal of Invented Medicine", 2025)
    assert article.abstract == "METHODS: We made it up.\nAll of it."
    assert article.mesh == (MeshHeading("Breast Neoplasms", True), MeshHeading("Humans", False))
    assert (article.keywords, article.types) == (("lobular",), ("Journal Article",))
    first, second, group = article.authors
    assert (first.last, first.fore, first.suffix, first.orcid) == ("Ferreira", "Inês Q", "Jr", "0000-0002-1825-0097")
    assert first.affiliations == ("Department of Pathology, Northmoor University Hospital, Leeds, UK.",)
    assert second.orcid is None  # its check character is wrong
    assert (group.group, group.name) == ("The Invented Group", "The Invented Group")


def test_dates_titles_and_retractions() -> None:
    _, second, third = read(FILE.read_bytes())
    assert (second.title, second.year, second.journal) == ("Ein erfundener Titel", 2023, "Erf Z")
    assert second.retraction is Retraction.RETRACTED
    assert (third.year, third.retraction) == (2024, Retraction.CONCERN)


def test_what_cannot_be_used_is_told() -> None:
    told: list[str] = []
    assert len(list(pubmed.articles(FILE, refused=told.append))) == 3
    assert told == ["Record 4: article 104 has no title", "Record 5: it has no PubMed number or no article"]


def test_gzip_paths_and_open_files_give_the_same(tmp_path: Path) -> None:
    packed = tmp_path / "named_otherwise.bin"
    packed.write_bytes(gzip.compress(FILE.read_bytes()))
    assert list(pubmed.articles(packed)) == read(FILE.read_bytes())
    assert list(pubmed.articles(io.BytesIO(FILE.read_bytes()))) == read(FILE.read_bytes())


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", EmptyFile),
        (gzip.compress(b"", mtime=0), EmptyFile),
        (b"plain words", NotXml),
        (b"<PubmedArticleSet><a></b></PubmedArticleSet>", NotXml),
        (b"<html></html>", NotThisKind),
        (b"<PubmedArticleSet>", Truncated),
        (FILE.read_bytes()[:900], Truncated),
        (gzip.compress(FILE.read_bytes())[:400], Truncated),
        (gzip.compress(FILE.read_bytes())[:-6] + b"abcdef", Truncated),
        (b'<!DOCTYPE a [<!ENTITY x "y">]><PubmedArticleSet>&x;</PubmedArticleSet>', UnsafeXml),
    ],
)
def test_a_bad_file_has_a_named_error(content: bytes, error: type[PublicDataError]) -> None:
    with pytest.raises(error):
        read(content)


def test_an_empty_path_is_named_too(tmp_path: Path) -> None:
    (tmp_path / "empty.xml").touch()
    with pytest.raises(EmptyFile):
        list(pubmed.articles(tmp_path / "empty.xml"))


def test_what_stands_before_a_cut_is_kept() -> None:
    found = []
    with pytest.raises(Truncated):
        for article in pubmed.articles(FILE.read_bytes()[:-40]):
            found.append(article.pmid)
    assert found == ["101", "102", "103"]


def test_size_is_bounded() -> None:
    with pytest.raises(TooLarge):
        list(pubmed.articles(FILE.read_bytes(), limit=1000))
    bomb = gzip.compress(b"<PubmedArticleSet>" + b" " * 80_000_000, mtime=0)
    with pytest.raises(TooLarge):
        read(bomb)
    with pytest.raises(TooLarge), streams.opened(FILE.read_bytes() * 800, 1 << 30, 1 << 19) as reader:
        while reader.read(65536):
            pass


@given(st.binary(max_size=300), st.integers(0, 3000))
def test_any_bytes_give_articles_or_a_named_error(noise: bytes, place: int) -> None:
    content = FILE.read_bytes()
    for candidate in (noise, content[:place] + noise + content[place:]):
        try:
            assert all(a.pmid for a in read(candidate))
        except PublicDataError as error:
            assert str(error)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("0000-0002-1825-0097", "0000-0002-1825-0097"),
        ("http://orcid.org/0000000218250097", "0000-0002-1825-0097"),
        ("0000-0002-1694-233x", "0000-0002-1694-233X"),
        ("0000-0002-1825-0098", None),
        ("none", None),
    ],
)
def test_orcids_are_checked(text: str, found: str | None) -> None:
    assert pubmed.orcid(text) == found
