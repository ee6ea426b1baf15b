"""Public data imported from the terminal."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from overread.cli.releasing import import_release
from overread.clinical.record import Fact, Method, Provenance, Record, Subject
from overread.interop.public_data import PublicDataError
from overread.workflow.directory.queries import experts_for, in_use
from tests.factories.cases import SYSTEM, World

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning"),
]
ARTICLE = """<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><Journal><JournalIssue><PubDate>
<Year>2025</Year></PubDate></JournalIssue><Title>A journal</Title></Journal><ArticleTitle>Breast cancer.</ArticleTitle>
<AuthorList><Author ValidYN="Y"><LastName>Okafor</LastName><ForeName>Chidi</ForeName><Initials>C</Initials></Author>
</AuthorList></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"""
BREAST = Record(Subject("a"), (), (Fact("site", "breast", Provenance("d", Method.TEXT)),))


@pytest.fixture
def files(tmp_path: Path, settings: Any) -> Path:
    settings.VAR = tmp_path
    made = tmp_path / "articles.xml"
    made.write_text(ARTICLE)
    return made


def test_experts_are_ranked_from_what_was_imported(files: Path) -> None:
    assert import_release("pubmed", [files], "a test").startswith("1 records are in use")
    world = World().opened()
    ranking = experts_for(world.navigator, world.case, BREAST, datetime(2026, 1, 1, tzinfo=UTC))
    assert [expert.person.name for expert in ranking.experts] == ["Chidi Okafor"]


def test_a_newer_release_takes_the_place_of_the_older(files: Path) -> None:
    import_release("pubmed", [files], "older")
    import_release("pubmed", [files], "newer")
    used = in_use("pubmed")
    assert used and used.source == "newer"


def test_a_file_of_another_kind_leaves_the_old_one_in_use(files: Path) -> None:
    import_release("pubmed", [files], "older")
    files.write_text("not XML")
    with pytest.raises(PublicDataError):
        import_release("pubmed", [files], "newer")
    used = in_use("pubmed")
    assert used and used.source == "older"


def test_without_a_release_nobody_is_ranked_and_it_says_why() -> None:
    world = World().opened()
    ranking = experts_for(SYSTEM, world.case, BREAST, datetime(2026, 1, 1, tzinfo=UTC))
    assert ranking.experts == () and ranking.reason
