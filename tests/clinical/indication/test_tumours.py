"""The table of tumours holds together."""

from __future__ import annotations

from collections import Counter

from overread.clinical.indication import (
    DISCIPLINES,
    KINDS,
    MODIFIER_QUESTIONS,
    MODIFIER_SITUATIONS,
    RATES,
    TRIGGERS,
    TUMOURS,
    lineage,
    rare_group,
)
from overread.clinical.knowledge import load
from overread.clinical.knowledge.tumours import TYPES
from overread.clinical.knowledge.tumours import lineage as oncotree_lineage


def test_every_group_exists_and_no_tumour_is_its_own_ancestor() -> None:
    for key, tumour in TUMOURS.items():
        assert set(tumour.parents) <= TUMOURS.keys()
        assert key not in lineage(key)[1:]


def test_a_type_belongs_to_one_tumour_and_nearly_every_type_to_some() -> None:
    listed = Counter(code for tumour in TUMOURS.values() for code in tumour.oncotree)
    assert max(listed.values()) == 1
    assert listed.keys() <= TYPES.keys()
    without = {code for code in TYPES if not any(kind.code in listed for kind in oncotree_lineage(code))}
    assert without <= {"TISSUE", "OTHER", "AIS", "ARCH", "EGCT", "MIXED"}


def test_every_figure_and_rule_speaks_of_a_known_tumour() -> None:
    named = {rate.whose for rate in RATES}
    for name in ("timing", "rules", "modifiers"):
        named |= {key for row in load("indication", name).rows for key in row["tumours"]}
    assert named - {"all"} <= TUMOURS.keys()


def test_every_trigger_leads_to_known_kinds() -> None:
    assert {kind for trigger in TRIGGERS.values() for kind in trigger.kinds} <= KINDS.keys()


def test_rarity_is_never_inherited_downwards_only_from_groups() -> None:
    assert rare_group("osteosarcoma") is TUMOURS["osteosarcoma"]
    assert rare_group("breast") is None


def test_a_form_can_ask_for_everything_that_an_assessment_understands() -> None:
    assert MODIFIER_QUESTIONS.keys() | TRIGGERS.keys() >= MODIFIER_SITUATIONS
    assert not MODIFIER_QUESTIONS.keys() & TRIGGERS.keys()
    assert DISCIPLINES == ("cytology", "endoscopy", "multidisciplinary", "oncology", "pathology", "radiology")
