"""Experts ranked on articles written by hand: the sums hold, topics differ, distance from the first doctor is seen."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overread.clinical.experts import (
    Article,
    Author,
    Confidence,
    FirstDoctor,
    Link,
    MeshHeading,
    Person,
    Ranking,
    Retraction,
    Topic,
    people,
    rank,
    read_affiliation,
    topic_of,
)
from overread.clinical.experts.points import explanation
from overread.clinical.record import Fact, Icdo3Topography, Method, Provenance, Record, Subject

DAY = date(2026, 11, 21)
LEEDS = "Department of Pathology, Northmoor University Hospital, Leeds, UK."
OSLO = "Department of Surgery, Fjordvik Hospital, Oslo, Norway"
BREAST = "Breast cancer and what follows"


def author(name: str, place: str = "", orcid: str | None = None, suffix: str = "") -> Author:
    fore, _, last = name.rpartition(" ")
    return Author(last, fore, "", suffix, orcid, (place,) if place else ())


ANA, BEN, CAI = author("Ana Ferreira", LEEDS, "0000-0002-1825-0097"), author("Ben Okoro", OSLO), author("Cai Lund")


def article(pmid: str, *authors: Author, title: str = BREAST, year: int | None = 2026, **more: object) -> Article:
    return Article(pmid, title, year=year, authors=authors, **more)  # type: ignore[arg-type]


def ranked(*articles: Article, topic: Topic = Topic("breast"), **more: object) -> Ranking:  # noqa: B008
    return rank(articles, topic, DAY, **more)  # type: ignore[arg-type]


def points(*articles: Article, topic: Topic = Topic("breast")) -> dict[str, str]:  # noqa: B008
    return {e.person.name: str(e.score) for e in ranked(*articles, topic=topic).experts}


def test_the_arithmetic_is_shown_and_adds_up() -> None:
    found = ranked(article("1", ANA, BEN, CAI, types=("Review",)), article("2", ANA, year=2025))
    best = found.experts[0]
    assert best.person.name == "Ana Ferreira" and best.pmids == ("1", "2")
    assert [c.arithmetic for c in best.contributions] == [
        "1 × 1 × 1 × 1 × 1.2 = 1.2000",
        "1 × 1 × 0.9 × 1 × 1 = 0.9000",
    ]
    assert best.score == Decimal("2.1000") == sum(c.points for c in best.contributions)
    assert (found.considered, found.counted) == (2, 2)
    assert "our choice" in explanation("position.last") and "our choice" in explanation("independence_years")


@given(
    st.lists(
        st.tuples(
            st.integers(2014, 2027), st.permutations([ANA, BEN, CAI]), st.sampled_from(["Review", "Letter", "?"])
        ),
        max_size=6,
    )
)
def test_sums_and_order_hold_for_any_articles(rows: list[tuple[int, list[Author], str]]) -> None:
    articles = [article(str(i), *a, year=y, types=(t,)) for i, (y, a, t) in enumerate(rows)]
    found = ranked(*articles)
    scores = [e.score for e in found.experts]
    assert scores == sorted(scores, reverse=True)
    assert all(e.score == sum(c.points for c in e.contributions) for e in found.experts)
    assert ranked(*reversed(articles)).experts == found.experts
    assert found.counted + sum(found.left_out.values()) == found.considered


def test_place_type_year_and_crowd_count() -> None:
    crowd = tuple(author(f"Extra{i} Person{i}") for i in range(18))
    assert points(article("1", ANA, BEN, CAI)) == {
        "Ana Ferreira": "1.0000",
        "Ben Okoro": "0.3000",
        "Cai Lund": "0.8000",
    }
    assert points(article("1", ANA, *crowd, BEN))["Extra0 Person0"] == "0.1500"
    assert points(article("1", ANA, types=("Randomized Controlled Trial", "Case Reports"))) == {
        "Ana Ferreira": "0.5000"
    }
    left = ranked(
        article("1", ANA, year=2016), article("2", ANA, year=None), article("3", ANA, year=2027),
        article("4", ANA, types=("News",)), article("5", ANA, retraction=Retraction.RETRACTED), article("6", ANA, title="Hearts"),
    )  # fmt: skip
    assert not left.experts and sum(left.left_out.values()) == 6 and len(left.left_out) == 6


@pytest.mark.parametrize(
    ("fields", "topic", "score"),
    [
        ({"title": "x", "mesh": (MeshHeading("Breast Neoplasms", True),)}, Topic("breast"), "1.0000"),
        ({"title": "x", "mesh": (MeshHeading("Breast Neoplasms"),)}, Topic("breast"), "0.5000"),
        ({"title": "x", "keywords": ("breast cancer",)}, Topic("C50.4"), "0.7000"),
        ({"title": "x", "abstract": "carcinoma of the breast"}, Topic("breast"), "0.2000"),
        ({"title": "Ductal breast carcinoma"}, Topic("breast", ("Infiltrating duct carcinoma, NOS",)), "1.5000"),
        ({"title": "Liver fibrosis in a very long sentence until cancer"}, Topic("liver"), None),
        ({"title": "Liver metastases of breast cancer"}, Topic("liver"), None),
        ({"title": "Glioma"}, Topic("brain"), "1.0000"),
        ({"title": "Cancer of the toe"}, Topic("toe"), "1.0000"),
        ({"title": "Merkel disease"}, Topic(histology=("Merkel cell carcinoma",)), "1.5000"),
        ({"title": "Oddity"}, Topic(words=("oddity",)), "1.0000"),
        ({"title": "x", "mesh": (MeshHeading("Oddity", True),)}, Topic(mesh=("Oddity",)), "1.0000"),
        ({"title": "Anything"}, Topic(), None),
    ],
)
def test_what_is_about_the_topic(fields: dict[str, object], topic: Topic, score: str | None) -> None:
    found = points(Article("1", year=2026, authors=(ANA,), **fields), topic=topic)  # type: ignore[arg-type]
    assert found.get("Ana Ferreira") == score


def test_topics_rank_differently() -> None:
    both = (article("1", ANA), article("2", BEN, title="Lung cancer"))
    assert [e.person.name for e in ranked(*both).experts] == ["Ana Ferreira"]
    assert [e.person.name for e in ranked(*both, topic=Topic("lung")).experts] == ["Ben Okoro"]


def test_the_topic_comes_from_the_record() -> None:
    def record(**facts: object) -> Record:
        source = Provenance("d", Method.TEXT)
        return Record(Subject("s"), (), tuple(Fact(n, v, source) for n, v in facts.items()))  # type: ignore[arg-type]

    assert topic_of(record(site_code=Icdo3Topography("C50.4"), histology="Lobular")) == Topic("breast", ("Lobular",))
    assert topic_of(record(cancer="Neoplasm of lung")).site == "lung"
    assert topic_of(record(site="toe")).site == "toe"
    assert topic_of(record()) == Topic() and Topic().label == "no topic"


def test_ties_are_explained_and_stable() -> None:
    found = ranked(article("1", ANA), article("2", BEN))
    assert [e.person.name for e in found.experts] == ["Ana Ferreira", "Ben Okoro"]
    assert all(e.tie and "same score as 1 others" in e.tie for e in found.experts)


@pytest.mark.parametrize(
    ("articles", "more", "words"),
    [
        ((), {}, "No articles"),
        ((article("1", ANA),), {"topic": Topic()}, "No topic"),
        ((article("1", ANA),), {"topic": Topic("lung")}, "counts for lung"),
        ((article("1", ANA),), {"specialty": "wizardry"}, "No such specialty"),
        ((article("1", ANA),), {"specialty": "surgery"}, "hints at surgery"),
        ((article("1", Author(group="A Group")),), {}, "name no author"),
    ],
)
def test_nothing_to_rank_has_a_reason(articles: tuple[Article, ...], more: dict[str, object], words: str) -> None:
    found = ranked(*articles, **more)  # type: ignore[arg-type]
    assert not found.experts and words in (found.reason or "")


def test_specialty_filters() -> None:
    found = ranked(article("1", ANA, BEN), specialty="pathology")
    assert [e.person.name for e in found.experts] == ["Ana Ferreira"] and found.reason is None


def persons(*articles: Article) -> dict[str, Person]:
    return {p.key: p for p in people(articles)}


def sizes(*articles: Article) -> list[int]:
    return sorted(len(p.signatures) for p in people(articles))


def test_orcid_joins_and_parts() -> None:
    (one,) = people([article("1", ANA), article("2", author("A. Ferreira", "", ANA.orcid))])
    assert one.confidence is Confidence.ORCID and one.name == "Ana Ferreira"
    other = author("Ana Ferreira", LEEDS, "0000-0002-1694-233X")
    assert sizes(article("1", ANA), article("2", other)) == [1, 1]
    assert sizes(article("1", ANA, author("Ana Ferreira", LEEDS, ANA.orcid))) == [1, 1]
    supported = people([article("1", ANA), article("2", author("Ana Ferreira", LEEDS))])[0]
    assert supported.confidence is Confidence.ORCID_AND_SUPPORT


def test_a_name_needs_support() -> None:
    bare = author("Ana Ferreira")
    assert sizes(article("1", bare), article("2", bare)) == [1, 1]
    assert people([article("1", bare), article("2", bare)])[0].namesakes == 1
    assert sizes(article("1", bare, BEN), article("2", bare, author("Ben Okoro"))) == [2, 2]
    place = author("Ana Ferreira", LEEDS)
    assert people([article("1", place), article("2", place)])[0].confidence is Confidence.SUPPORT
    surgeon = author("Ana Ferreira", "Department of Surgery, Northmoor University Hospital, Leeds")
    assert sizes(article("1", place), article("2", surgeon)) == [1, 1]


def test_an_initial_needs_more() -> None:
    full, short = author("Ana Ferreira", LEEDS), author("A Ferreira", LEEDS)
    assert sizes(article("1", full), article("2", short)) == [1, 1]
    assert sizes(article("1", full, CAI), article("2", short, CAI)) == [1, 1, 2]


@pytest.mark.parametrize(
    ("a", "b", "joined"),
    [
        ("Ana Maria Ferreira", "Ana M Ferreira", True),
        ("Anna-Maria Ferreira", "AnnaMaria Ferreira", True),
        ("Ana B Ferreira", "Ana C Ferreira", False),
        ("Ana Ferreira", "Anton Ferreira", False),
        ("Ána Ferréira", "Ana Ferreira", True),
    ],
)
def test_names_that_can_be_one(a: str, b: str, joined: bool) -> None:
    assert (len(people([article("1", author(a, LEEDS)), article("2", author(b, LEEDS))])) == 1) is joined


def test_suffixes_initials_and_chains_keep_people_apart() -> None:
    junior, senior = author("Ana Ferreira", LEEDS, suffix="Jr"), author("Ana Ferreira", LEEDS, suffix="Sr")
    assert sizes(article("1", junior), article("2", senior)) == [1, 1]
    middle = author("Ana Ferreira", LEEDS)
    b, c = author("Ana B Ferreira", LEEDS), author("Ana C Ferreira", LEEDS)
    assert sizes(article("1", b), article("2", middle), article("3", c)) == [1, 2]
    pk, initials = Author("Lund", "PK"), Author("Lund", initials="PK")
    assert sizes(article("1", pk, ANA), article("2", initials, ANA)) == [1, 1, 2]


def first(*articles: Article, away: list[FirstDoctor | str], name: str = "Ana Ferreira") -> tuple[Link, str]:
    found = ranked(*articles, away_from=away)
    expert = next(e for e in found.experts if e.person.name == name)
    assert expert.independence is not None
    return expert.independence.link, " ".join(expert.independence.sentences)


def test_writing_together_is_a_link_for_some_years() -> None:
    recent = (article("1", ANA, BEN), article("2", BEN, CAI))
    link, said = first(*recent, away=["Okoro, Ben"])
    assert link is Link.LINKED and "between 2021 and 2026 (2026)" in said
    old = (article("1", ANA, BEN, year=2019), article("2", ANA))
    link, said = first(*old, away=["Dr Ben Okoro"])
    assert link is Link.NONE_FOUND and "before 2021" in said
    link, said = first(article("1", ANA, CAI), article("2", BEN, CAI), away=["Ben Okoro"])
    assert link is Link.NONE_FOUND and "same 1 other people" in said


def test_shared_institutions_are_a_link() -> None:
    link, said = first(article("1", ANA), away=["Northmoor University Hospital"])
    assert link is Link.LINKED and "northmoor university hospital" in said
    assert first(article("1", ANA), away=["Southmoor University Hospital"])[0] is Link.NONE_FOUND
    assert first(article("1", ANA), away=[FirstDoctor(institution="Some Practice")])[0] is Link.NONE_FOUND
    link, said = first(article("1", CAI), away=["Northmoor University Hospital"], name="Cai Lund")
    assert "No institution is printed" in said


def test_the_first_doctor_is_recognised_or_said_to_be_missing() -> None:
    assert first(article("1", ANA), away=["https://orcid.org/0000-0002-1825-0097"])[0] is Link.SAME_PERSON
    assert first(article("1", ANA), away=["0000-0002-1694-233X"])[0] is Link.NOT_MEASURED
    link, said = first(article("1", ANA), away=["Nobody Known"])
    assert link is Link.NOT_MEASURED and "could not be measured" in said
    assert (
        first(article("1", ANA), away=[FirstDoctor()])[0] is Link.NOT_MEASURED
        and FirstDoctor().label == "an unnamed doctor"
    )
    both = ranked(article("1", ANA), article("2", BEN), away_from=["Ben Okoro"])
    assert [e.person.name for e in both.independent] == ["Ana Ferreira"]
    assert ranked(article("1", ANA)).experts[0].independence is None


@pytest.mark.parametrize(
    ("text", "institutions", "country", "specialties"),
    [
        (LEEDS, ("northmoor university hospital",), "United Kingdom", {"pathology"}),
        ("Division of Radiology, School of Medicine, Elm University, Boston, MA 02115", ("elm university",), "United States", {"radiology"}),
        ("1Fjordvik Hospital, Oslo Norway; mail a.b@c.example", ("fjordvik hospital",), "Norway", set()),
        ("", (), None, set()),
    ],
)  # fmt: skip
def test_affiliations(text: str, institutions: tuple[str, ...], country: str | None, specialties: set[str]) -> None:
    found = read_affiliation(text)
    assert (found.institutions, found.country, set(found.specialties)) == (institutions, country, specialties)
    assert "@" not in found.text


def test_a_person_has_countries_newest_first() -> None:
    moved = author("Ana Ferreira", OSLO, ANA.orcid)
    (one,) = people([article("1", ANA, year=2020), article("2", moved, year=2026)])
    assert one.countries == ("Norway", "United Kingdom")
    assert one.institutions == ("fjordvik hospital", "northmoor university hospital")
