"""``classes``: always an answer, shares that sum to 1, led by what is stated, blind to what would make it unbounded."""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.quality import ranking as bench
from overread.clinical.extraction import classes, read
from overread.clinical.extraction.ranking_marks import marks, stated
from overread.clinical.extraction.ranking_model import CLASSES, MODEL, committed, load
from overread.clinical.extraction.ranking_vector import LONGEST, MARKS, PLACES, WORDS, rarity_of, vector, word_counts
from scripts import train_ranking

ROOT = Path(__file__).resolve().parents[3]
FLAT = np.ones(WORDS, np.float32)


def ranked(text: str) -> dict[str, dict[str, float]]:
    return classes(text, read(text, "doc"))


def best(shares: dict[str, float]) -> str:
    return max(shares, key=lambda name: shares[name])


@pytest.mark.parametrize("t", CLASSES["pT"])
@pytest.mark.parametrize("n", CLASSES["pN"])
def test_what_is_stated_leads(t: str, n: str) -> None:
    answer = ranked(f"Colon, right hemicolectomy: adenocarcinoma. Pathologic stage: p{t} p{n}.")
    assert (best(answer["pT"]), best(answer["pN"])) == (t, n)


def test_a_stated_class_counts_by_how_often_its_rule_was_right() -> None:
    text = "Colon: pT2"
    (sure,) = (fact for fact in read(text, "doc") if fact.field == "t")
    unmeasured = replace(sure, provenance=replace(sure.provenance, confidence=None))
    always = replace(sure, provenance=replace(sure.provenance, confidence=1.0))
    unknown, measured, certain = (classes(text, (fact,))["pT"]["T2"] for fact in (unmeasured, sure, always))
    assert unknown < measured < certain < 1


def test_a_class_that_is_none_of_ours_or_of_the_history_does_not_lead() -> None:
    text = "Colon, right hemicolectomy: adenocarcinoma."
    (own,) = (fact for fact in read("pT4", "doc") if fact.field == "t")
    led = classes(text, (own,))["pT"]["T4"]
    assert classes(text, (replace(own, about="history"),))["pT"]["T4"] < led
    assert classes(text, (replace(own, value="TX"),))["pT"]["T4"] < led


def test_a_stated_metastasis_raises_m1() -> None:
    text = "Colon, resection: adenocarcinoma. Stage: pT3 pN1 "
    assert ranked(f"{text}pM1. Liver, biopsy: metastatic adenocarcinoma.")["pM"]["M1"] > ranked(text)["pM"]["M1"]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400) | st.text("pTNM0123 abcx.:()\n", max_size=400))
def test_any_text_gets_shares_of_every_class(text: str) -> None:
    answer = ranked(text)
    assert {name: tuple(shares) for name, shares in answer.items()} == CLASSES
    for shares in answer.values():
        assert all(0 <= share <= 1 for share in shares.values())
        assert sum(shares.values()) == pytest.approx(1, abs=1e-4)


def test_a_text_without_words_has_no_features() -> None:
    places, values = vector("\n ... \x00", (), FLAT)
    assert (places.size, values.size) == (0, 0)
    bias = committed().bias["pT"]
    assert np.allclose(list(ranked("")["pT"].values()), np.exp(bias) / np.exp(bias).sum(), atol=1e-4)


def test_a_report_is_looked_at_up_to_a_length() -> None:
    report = "carcinoma of the kidney. " * (LONGEST // 25)
    assert len(report) == LONGEST
    assert classes(report, ()) == classes(report + " pT4 pN2" * 1000, ())


def test_words_and_marks_have_their_places_and_length_one() -> None:
    text = "Kidney: tumor 4.5 cm, confined."
    places, values = vector(text, read("pT1", "doc"), FLAT)
    assert list(places) == sorted(set(places)) and places.max() < PLACES
    for low, high in ((0, WORDS), (WORDS, WORDS + MARKS)):
        assert np.linalg.norm(values[(places >= low) & (places < high)]) == pytest.approx(1)
    assert values[places >= WORDS + MARKS] == pytest.approx([0.3])


def test_words_are_counted_with_their_neighbours() -> None:
    places, values = word_counts("renal renal vein")
    assert len(places) == 4  # renal, vein, renal renal, renal vein
    assert sorted(values) == pytest.approx([1, 1, 1, 1 + np.log(2)])


def test_a_word_that_every_text_has_weighs_least() -> None:
    rarity = rarity_of(["tumor kidney", "tumor colon"])
    common, rare = (rarity[word_counts(word)[0][0]] for word in ("tumor", "kidney"))
    assert (common, rare) == pytest.approx((1, 1 + np.log(3 / 2)))


@pytest.mark.parametrize(
    ("text", "present", "absent"),
    [
        ("kidney, tumor 4.5 cm", {"organ:kidney", "size>4|kidney", "any_size>4", "first_size:4|kidney"}, {"size>5"}),
        ("tumor 45 x 12 x 7 mm", {"organ:none", "size>4|none"}, {"size>5"}),
        ("margin 2,5 cm", {"any_size>2"}, {"size>2"}),
        ("no renal vein invasion", {"extent:renal vein-"}, {"extent:renal vein+"}),
        ("extends into renal vein", {"extent:renal vein+|kidney"}, {"extent:renal vein-"}),
        ("pt3apn1 mx", {"t:3", "pt:3a", "n:1", "m:x"}, {"n:3"}),
        ("figo stage iib", {"stage:ii", "stage:iib|none"}, {"stage:i"}),
        ("", {"organ:none"}, set()),
    ],
)
def test_marks(text: str, present: set[str], absent: set[str]) -> None:
    found = marks(text)
    assert present <= found
    assert not absent & found


def test_marks_of_what_the_rules_read() -> None:
    text = "Clinical history: cT1 in 2001.\n\nDiagnosis: pT3a pN1 M0, stage III. Lymph nodes: total 6 of 17 nodes positive."
    found = stated(read(text, "doc"))
    assert {"t:T3:case", "n:N1:case", "m:M0:case", "t:T1:history", "positive:4", "examined:3"} <= found
    assert any(mark.startswith("group:") for mark in found)
    assert stated(read("Laterality: left", "doc")) == set()


def test_the_same_model_has_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "first.npz", tmp_path / "second.npz"
    train_ranking.save(committed(), first)
    train_ranking.save(load(first), second)
    assert first.read_bytes() == second.read_bytes()
    assert MODEL.stat().st_size < 3_000_000


def report(number: int) -> train_ranking.Example:
    """A made-up report whose size goes with its T, and half of which state it."""
    classes_of = {name: members[number % len(members)] for name, members in CLASSES.items()}
    t, n, m = classes_of.values()
    said = f"p{t} p{n} p{m}" if number % 2 else f"sheet {m}{t}, {n[1]} of 12 lymph nodes positive"
    text = f"Kidney, nephrectomy {number}: carcinoma, tumor {2 * int(t[1])}.5 cm. {said}"
    registry = {"pT": t, "pN": n, "M": m if number % 8 else "MX"}
    return train_ranking.example({"barcode": f"made-up-{number}", "text": text, "registry": registry})


def test_training_learns_and_gives_the_same_bytes_again(tmp_path: Path) -> None:
    made = [report(number) for number in range(40)]
    assert made[0].classes == {"pT": "T1", "pN": "N0", "pM": None}
    for name in ("first.npz", "second.npz"):
        train_ranking.save(train_ranking.train(made), tmp_path / name)
    assert (tmp_path / "first.npz").read_bytes() == (tmp_path / "second.npz").read_bytes()
    answers = bench.judged(load(tmp_path / "first.npz"), [report(number) for number in range(40, 60)])
    for name in CLASSES:
        reports, shares = zip(*[(r, p[name]) for r, p in answers if r.classes[name]], strict=True)
        assert bench.macro(bench.areas(name, reports, shares)) > 0.95


def test_training_needs_every_class() -> None:
    with pytest.raises(ValueError, match="pT: reports only of"):
        train_ranking.train([report(number) for number in (0, 1, 2, 4, 5, 6)])


def test_areas_are_of_classes_that_some_reports_have_and_some_have_not() -> None:
    made = [report(number) for number in (0, 1)]
    shares = [np.array([0.7, 0.1, 0.1, 0.1]), np.array([0.2, 0.6, 0.1, 0.1])]
    assert bench.areas("pT", made, shares) == [1.0, 1.0, None, None]
    assert bench.macro([1.0, 0.5, None]) == 0.75


def test_the_figures_are_of_the_committed_model() -> None:
    printed = (ROOT / "bench/quality/ranking.txt").read_text()
    assert f"model {hashlib.sha256(MODEL.read_bytes()).hexdigest()}" in printed
    held_back = next(line.split() for line in printed.splitlines() if line.startswith("pT"))
    assert float(held_back[3]) >= 0.95


def test_the_model_was_trained_on_the_features_of_today() -> None:
    """Features are part of the model: whoever changes them trains it anew (``scripts/train_ranking.py``)."""
    with np.load(MODEL, allow_pickle=False) as arrays:
        assert str(arrays["features"]) == train_ranking.fingerprint()


@pytest.mark.realdata
def test_the_committed_model_ranks_the_reports_it_knows(shared_data: Path) -> None:
    with gzip.open(shared_data / "pathology/reports_dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        some = [train_ranking.example(json.loads(line)) for line in islice(lines, 0, None, 8)]
    answers = bench.judged(load(), some)
    for name, bar in (("pT", 0.97), ("pN", 0.96), ("pM", 0.9)):
        reports, shares = zip(*[(r, p[name]) for r, p in answers if r.classes[name]], strict=True)
        assert bench.macro(bench.areas(name, reports, shares)) >= bar
