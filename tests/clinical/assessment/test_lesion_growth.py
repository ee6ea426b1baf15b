"""Lesions followed from one day to another: which sizes belong together, how sure the time is, what rules apply."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overread.clinical import extraction
from overread.clinical.assessment import growth_of
from overread.clinical.record import Fact, Method, Provenance, Record, Subject

FIRST, SECOND = "2026-04-01", "2026-10-01"


def fact(field, value, about=None, on=None, document="d", quote=None):
    return Fact(field, value, Provenance(document, Method.TEXT, quote=quote), about, on)


def size(value, on=FIRST, about="lesion:A", field="lesion_size", **more):
    return fact(field, float(value), about, on, **more)


def followed(*facts):
    return growth_of(Record(Subject("s"), (), facts))


def report(day, text):
    whole = f"EXAM: CT CHEST\nExam date: {day}\nFINDINGS: {text}\n"
    return extraction.read(whole, day)


def nodule(mm, on, kind="solid", place="right upper lobe", **more):
    about = {"about": "lesion:A", "document": on, "on": on, **more}
    return fact("finding", f"{kind} nodule", **about), fact("lesion_location", place, **about), size(mm, **about)


def test_a_named_lesion_is_followed_from_its_first_day_to_its_last():
    found = followed(size(8, "2026-06-01"), size(10, SECOND), size(7, FIRST))
    (lesion,) = found.lesions
    assert found.sentence == "One lesion was measured on two or more days."
    assert [(p.on, p.size, p.error, p.unit) for p in lesion.points] == [
        (date(2026, 4, 1), 7, 0.5, "mm"), (date(2026, 6, 1), 8, 0.5, "mm"), (date(2026, 10, 1), 10, 0.5, "mm"),
    ]  # fmt: skip
    assert lesion.lesion == "Lesion A"
    assert lesion.growth.days == pytest.approx(183 * 0.231049 / 0.356675, rel=1e-4)
    assert lesion.growth.low < lesion.growth.days < lesion.growth.high
    assert "rounding" in lesion.caution


def test_reports_are_dated_by_their_study_and_matched_by_place():
    facts = (
        *report(FIRST, "Solid nodule in the right upper lobe measuring 9 x 8 mm."),
        *report(SECOND, "Solid nodule in the right upper lobe, now 1.2 cm."),
    )
    (lesion,) = followed(*facts).lesions
    assert lesion.lesion == "Right upper lobe"
    assert "a radiologist must say" in lesion.matched
    assert [(p.size, p.error) for p in lesion.points] == [(9, 0.5), (12, 0.5)]
    assert lesion.growth.below_threshold is True
    assert [rule.guideline for rule in lesion.follow_up] == ["Fleischner 2017", "British Thoracic Society"]
    assert lesion.follow_up[0].advice == () and lesion.follow_up[1].source is not None
    assert [reference.days for reference in lesion.references] == [267]


def test_one_source_that_dates_each_size_says_itself_which_lesion_it_is():
    (lesion,) = followed(size(8, FIRST, "lesion:1"), size(10, SECOND, "lesion:1")).lesions
    assert (lesion.lesion, lesion.matched) == ("Lesion 1", "One source gives these sizes to the same lesion.")
    placed = followed(
        size(8, FIRST, "lesion:1"), size(10, SECOND, "lesion:1"), fact("lesion_location", "left lung", "lesion:1")
    )
    assert placed.lesions[0].lesion == "Left lung"


def test_lesion_1_of_two_reports_is_not_taken_for_one_lesion():
    found = followed(size(8, FIRST, "lesion:1", document="a"), size(10, SECOND, "lesion:1", document="b"))
    assert found.lesions == ()
    assert found.cannot == (
        "A size of 8 mm (2026-04-01) does not say of which lesion it is.",
        "A size of 10 mm (2026-10-01) does not say of which lesion it is.",
    )


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ("Nodule in the liver, 9 mm.", "Nodule in the liver, 12 mm.", "does not say of which lesion"),
        ("Right lung effusion, 9 mm.", "Right lung effusion, 12 mm.", "does not say of which lesion"),
        ("Nodule in the right lung, 9 mm.", "Nodule in the left lung, 12 mm.", "only one day has a size"),
        (
            "Nodule in the right lung, 9 mm. Another nodule in the right lung, 5 mm.",
            "Nodule in the right lung, 12 mm.",
            "several sizes are given for 2026-04-01",
        ),
    ],
)
def test_what_may_be_another_lesion_is_not_compared(first, second, reason):
    found = followed(*report(FIRST, first), *report(SECOND, second))
    assert found.lesions == ()
    assert any(reason in said for said in found.cannot)
    assert found.sentence == "Lesions are measured, but none can be followed from one day to another."


@pytest.mark.parametrize("on", [None, "2026", "2026-04"])
def test_a_size_without_its_day_is_named(on):
    assert followed(size(8, on), size(10, SECOND)).cannot[0] == "A size of 8 mm is not dated to the day."


@pytest.mark.parametrize("about", [None, "history", "other", "specimen:A"])
def test_a_size_without_its_lesion_is_named(about):
    found = followed(size(8, FIRST, about), size(10, SECOND, about))
    assert found.lesions == () and "does not say of which lesion" in found.cannot[0]


def test_two_study_days_in_one_report_date_nothing():
    facts = (fact("study_date", FIRST), fact("study_date", SECOND), size(8, None))
    assert followed(*facts).cannot == ("A size of 8 mm is not dated to the day.",)


def test_two_places_of_one_size_are_no_place():
    places = (fact("lesion_location", p, "lesion:1") for p in ("left lung", "right lung"))
    assert followed(size(8, FIRST, "lesion:1"), *places).lesions == ()


def test_volumes_count_before_diameters():
    volumes = (size(300, FIRST, field="lesion_volume"), size(600, SECOND, field="lesion_volume"))
    (lesion,) = followed(size(8, FIRST), size(10, SECOND), *volumes).lesions
    assert [p.unit for p in lesion.points] == ["mm3", "mm3"]
    assert lesion.growth.days == pytest.approx(183)
    (by_diameter,) = followed(size(8, FIRST), size(10, SECOND), volumes[0]).lesions
    assert by_diameter.points[0].unit == "mm"


def test_sizes_from_different_kinds_of_images_are_not_compared():
    facts = [f for on, kind in ((FIRST, "CT"), (SECOND, "MR")) for f in (
        size(8, on, document=kind), fact("modality", kind, document=kind))]  # fmt: skip
    assert followed(*facts).cannot == (
        "Lesion A: measured by CT and MR; sizes from different kinds of images are not compared.",
    )
    unsure = followed(*facts, fact("modality", "PET/CT", document="MR"))
    assert len(unsure.lesions) == 1


@pytest.mark.parametrize(
    ("value", "quote", "error"),
    [
        (9, "9 x 8 mm", 0.5), (12, "1.2 cm", 0.5), (40, "4 cm", 5), (12.5, "1.25 x 1 cm", 0.05), (12.5, None, 0.05),
        (9, "see table", 0.5), (64, "9.2 x 6.4 cm", 0.5), (92, "9.2 x 6.4 x 5.8 cm", 0.5), (10, "1.0 cm", 0.5), (300, None, 0.5),
    ],
)  # fmt: skip
def test_rounding_is_half_of_the_last_printed_digit(value, quote, error):
    (lesion,) = followed(size(value, FIRST, quote=quote), size(500, SECOND)).lesions
    assert lesion.points[0].error == pytest.approx(error)


@pytest.mark.parametrize(
    ("kind", "place", "rules"),
    [
        ("solid", "right upper lobe", ["Fleischner 2017", "British Thoracic Society"]),
        ("part-solid", "lingula", ["Fleischner 2017", "British Thoracic Society"]),
        ("ground-glass", "left lung", ["Fleischner 2017", "British Thoracic Society"]),
        ("subsolid", "left lung", ["Fleischner 2017 and British Thoracic Society"]),
        ("sub-solid", "left lung", ["Fleischner 2017 and British Thoracic Society"]),
        ("non-solid", "left lung", ["Fleischner 2017 and British Thoracic Society"]),
        ("spiculated", "left lung", ["Fleischner 2017 and British Thoracic Society"]),
        ("solid", "thyroid lobe", []),
        ("solid", "right lobe of the liver", []),
    ],
)
def test_rules_for_nodules_of_the_lung_alone(kind, place, rules):
    (lesion,) = followed(*nodule(7, FIRST, kind, place), *nodule(9, SECOND, kind, place)).lesions
    assert [rule.guideline for rule in lesion.follow_up] == rules


def test_the_age_of_the_record_reaches_the_rules():
    (lesion,) = followed(*nodule(7, FIRST), *nodule(7, SECOND), fact("age", 30)).lesions
    assert "Not all of this is known" in lesion.follow_up[0].sentence  # whether it was found in screening, say


def test_a_nodule_that_may_have_grown_is_never_sent_home_by_its_size():
    (grown,) = followed(*nodule(3, FIRST), *nodule(4, SECOND)).lesions
    assert grown.growth.grew is not False
    assert grown.follow_up[1].advice == () and "may have grown" in grown.follow_up[1].sentence
    (shrunk,) = followed(*nodule(4.9, FIRST), *nodule(3, SECOND)).lesions
    assert shrunk.growth.grew is False
    assert shrunk.follow_up[1].advice == (("any", "no further follow-up"),)


def test_a_volume_reaches_the_rules():
    facts = [f for on, mm3 in ((FIRST, 400), (SECOND, 310)) for f in (
        *nodule(9, on), fact("lesion_volume", mm3, "lesion:A", on, document=on))]  # fmt: skip
    (lesion,) = followed(*facts).lesions
    assert "model" in lesion.follow_up[1].sentence


def test_several_lesions_and_none():
    assert followed().sentence == "The record gives no size of a lesion on an image."
    two = followed(*(size(v, on, about) for about in ("lesion:A", "lesion:B") for v, on in ((8, FIRST), (9, SECOND))))
    assert two.sentence == "2 lesions were measured on two or more days."


SIZES = st.builds(
    size,
    st.floats(-10, 1000),
    st.sampled_from([None, FIRST, SECOND, "2026", "2026-05-05T10:00:00Z", "nonsense"]),
    st.sampled_from([None, "lesion:1", "lesion:A", "history", "lesion:", ""]),
    st.sampled_from(["lesion_size", "lesion_volume"]),
    document=st.sampled_from("ab"),
    quote=st.sampled_from([None, "", "8 mm", "1.2 cm"]),
)


@given(st.lists(SIZES, max_size=6))
def test_never_raises_and_invents_no_size(facts):
    found = followed(*facts)
    for lesion in found.lesions:
        assert {point.fact for point in lesion.points} <= set(facts)
        assert [p.on for p in lesion.points] == sorted({p.on for p in lesion.points})
