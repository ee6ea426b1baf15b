"""The check of the stage in words."""

from __future__ import annotations

import pytest

from overread.clinical.record import Fact, Method, Provenance, Record, Subject
from overread.clinical.staging import check
from overread.clinical.staging.tables import TABLES
from overread.web.navigator import stages

WRITTEN = Provenance("report", Method.ENTERED)


def checked(**facts: object) -> list[stages.Shown]:
    return stages.shown(
        check(Record(Subject("x"), facts=tuple(Fact(name, value, WRITTEN) for name, value in facts.items())))
    )


def test_what_would_fit_is_said_as_a_sentence() -> None:
    (one,) = checked(site="colon", t="T3", n="N1b", m="M0", edition="8", stage_group="IIA")
    assert one.fits == ("The stated stage would follow if the N category were N0.",)
    assert [(row.table, row.group, row.file) for row in one.rows] == [
        ("Colon and rectum, 8th edition", "IIIB", "colon_rectum_8")
    ]


def test_a_table_that_is_not_verified_is_no_advice_to_use_another_edition() -> None:
    (one,) = checked(
        site="soft tissue of thigh", histology="leiomyosarcoma", t="T2", n="N0", m="M0", edition="8", stage_group="IB"
    )
    assert one.check.consistent is None and one.fits == ()


def test_another_edition_is_named_as_one() -> None:
    (one,) = checked(site="lung", t="T2a", n="N1", m="M0", edition="8", stage_group="IIA")
    assert "The stated stage would follow in the 7th edition." in one.fits


@pytest.mark.parametrize(
    ("value", "words"),
    [("10-<20", "10 to below 20"), ("<55", "below 55"), (">=20", "20 or more"), ("<=6", "6 or less"), ("N1", "N1")],
)
def test_bands_are_read_out(value: str, words: str) -> None:
    assert stages.in_words(value) == words


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_table_has_a_name_for_a_reader_and_a_page(name: str) -> None:
    assert stages.table(name)[0].isupper() and "_" not in stages.table(name)
    assert stages._file(name)


def test_every_factor_of_a_table_can_be_named() -> None:
    factors = {factor for table in TABLES.values() for factor in table.factors if factor != "topography"}
    assert factors <= stages.NAMED.keys()
