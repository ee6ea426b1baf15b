"""ClinicalTrials.gov JSON and XML -> trials."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overread.clinical.trials import Contact, CriterionKind, Location, Trial
from overread.interop.public_data import (
    EmptyFile,
    NotJson,
    NotThisKind,
    NotXml,
    PublicDataError,
    Truncated,
    UnsafeXml,
    clinicaltrials,
)

FILE = Path(__file__).parent / "trial.json"
XML = b"""<?xml version="1.0"?><clinical_study><id_info><nct_id>NCT99999998</nct_id></id_info>
<brief_title>An invented older record</brief_title><overall_status>Active, not recruiting</overall_status>
<phase>Phase 1/Phase 2</phase><condition>Breast Cancer</condition><intervention><intervention_name>Nothing</intervention_name></intervention>
<eligibility><criteria><textblock>
      Inclusion Criteria:

        -  ECOG performance
           status 0-1

      Exclusion Criteria:

        -  Metastatic disease
</textblock></criteria><gender>Female</gender><minimum_age>18 Years</minimum_age><maximum_age>N/A</maximum_age>
<healthy_volunteers>No</healthy_volunteers></eligibility>
<overall_contact><last_name>Nobody</last_name><phone>000</phone></overall_contact>
<location><facility><name>Northmoor</name><address><city>Leeds</city><country>United Kingdom</country></address></facility>
<status>Recruiting</status><contact><first_name>A</first_name><last_name>B</last_name></contact></location>
</clinical_study>"""


def read(content: bytes) -> list[Trial]:
    return list(clinicaltrials.trials(content))


def test_json_is_read_whole() -> None:
    (trial,) = clinicaltrials.trials(FILE)
    assert (trial.nct, trial.status, trial.phases, trial.sex) == ("NCT99999999", "RECRUITING", ("PHASE2",), "female")
    assert (trial.interventions, trial.minimum_age, trial.healthy_volunteers) == (
        ("Nothing at all",),
        "18 Years",
        False,
    )
    assert [c.kind for c in trial.criteria] == [CriterionKind.INCLUSION] * 2 + [CriterionKind.EXCLUSION]
    assert trial.contacts == (Contact("Nobody", "000"),)
    place = trial.locations[0]
    assert (place.latitude, place.longitude, place.contacts) == (53.8, -1.5, (Contact("A", None, "a@example.org"),))


def test_xml_gives_the_same_shape() -> None:
    (trial,) = read(gzip.compress(XML, mtime=0))
    assert (trial.nct, trial.status, trial.phases) == ("NCT99999998", "ACTIVE_NOT_RECRUITING", ("PHASE1", "PHASE2"))
    assert (trial.sex, trial.minimum_age, trial.maximum_age, trial.healthy_volunteers) == (
        "female",
        "18 Years",
        None,
        False,
    )
    assert [c.text for c in trial.criteria] == ["ECOG performance\nstatus 0-1", "Metastatic disease"]
    assert trial.locations == (
        Location("Northmoor", "Leeds", None, "United Kingdom", status="RECRUITING", contacts=(Contact("A B"),)),
    )


def test_lists_and_pages_of_studies() -> None:
    study = json.loads(FILE.read_bytes())
    assert len(read(json.dumps([study, study]).encode())) == 2
    assert len(read(json.dumps({"studies": [study]}).encode())) == 1


def test_what_the_registry_leaves_out_is_none() -> None:
    (trial,) = read(b'{"protocolSection": {"identificationModule": {"nctId": "NCT00000001"}}}')
    assert trial == Trial("NCT00000001", "NCT00000001")
    (older,) = read(b"<clinical_study><id_info><nct_id>NCT00000001</nct_id></id_info></clinical_study>")
    assert older == Trial("NCT00000001", "NCT00000001")


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", EmptyFile),
        (b"   ", EmptyFile),
        (b"words", NotJson),
        (b"\xff\xfe\x00", NotJson),
        (b"[" * 100_000, NotJson),
        (b'{"a": tru, "b": 1}', NotJson),
        (FILE.read_bytes()[:300], Truncated),
        (b'{"studies": 5}', NotThisKind),
        (b"{}", NotThisKind),
        (b"[7]", NotThisKind),
        (b"<html/>", NotThisKind),
        (b"<clinical_study/>", NotThisKind),
        (b"<clinical_study><a></b>", NotXml),
        (XML[:500], Truncated),
        (b'<!DOCTYPE a [<!ENTITY x "y">]><clinical_study/>', UnsafeXml),
    ],
)
def test_a_bad_file_has_a_named_error(content: bytes, error: type[PublicDataError]) -> None:
    with pytest.raises(error):
        read(content)


@given(st.binary(max_size=200))
def test_any_bytes_give_trials_or_a_named_error(content: bytes) -> None:
    try:
        read(content)
    except PublicDataError as error:
        assert str(error)
