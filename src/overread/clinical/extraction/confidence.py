"""How often each rule was right on the development reports; None where nothing measured it.

Measured against the registry by ``bench/quality/extraction.py --calibrate`` on the half of the reports that the rules were
written from; n is the number of readings. The registry errs too, so a share is a floor. N and M were compared only where neither side
says X, because the registry fills in clinical findings there. Rules with fewer than 15 readings
to compare, and fields that the registry does not hold (markers, margins, invasion, sizes, imaging), carry no confidence.
"""

from __future__ import annotations

MEASURED: dict[str, float] = {
    "edition_named": 0.930,  # n = 142
    "grade_g": 0.727,  # n = 139
    "grade_labelled": 0.808,  # n = 635
    "grade_words": 0.768,  # n = 423
    "histology_code": 0.831,  # n = 1883
    "histology_named": 0.831,  # n = 1883
    "m_group": 1.000,  # n = 29
    "m_prefixed": 0.875,  # n = 16
    "n_group": 0.987,  # n = 465
    "n_prefixed": 0.977,  # n = 222
    "nodes_labelled": 0.986,  # n = 142
    "nodes_of": 0.675,  # n = 40
    "nodes_ratio": 0.898,  # n = 567
    "sex_stated": 1.000,  # n = 303
    "site_weighed": 0.984,  # n = 2031
    "site_weighed_code": 0.984,  # n = 2031
    "t_after_word": 1.000,  # n = 17
    "t_group": 0.990,  # n = 96
    "t_prefixed": 0.974,  # n = 833
    "t_prefixed_noisy": 0.969,  # n = 96
}


def of(rule: str) -> float | None:
    return MEASURED.get(rule)
