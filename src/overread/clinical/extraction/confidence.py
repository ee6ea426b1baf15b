"""How often each rule was right on the development reports; None where nothing measured it.

Measured against the registry by ``bench/quality/extraction.py --calibrate`` on the half of the reports that the rules were
written from; n is the number of readings. The registry errs too, so a share is a floor. N and M were compared only where neither side
says X, because the registry fills in clinical findings there. Rules with fewer than 15 readings
to compare, and fields that the registry does not hold (markers, margins, invasion, sizes, imaging), carry no confidence.
"""

from __future__ import annotations

MEASURED: dict[str, float] = {
    "edition_named": 0.930,  # n = 142
    "grade_g": 0.777,  # n = 139
    "grade_labelled": 0.812,  # n = 654
    "grade_words": 0.771,  # n = 436
    "histology_code": 0.835,  # n = 1931
    "histology_named": 0.835,  # n = 1931; the words of the code
    "m_group": 1.000,  # n = 30
    "m_prefixed": 0.889,  # n = 18
    "n_group": 0.983,  # n = 460
    "n_prefixed": 0.973,  # n = 225
    "nodes_clear": 0.896,  # n = 201
    "nodes_labelled": 0.942,  # n = 295
    "nodes_of": 0.684,  # n = 38
    "nodes_ratio": 0.889,  # n = 440
    "sex_stated": 1.000,  # n = 303
    "site_weighed": 0.984,  # n = 2041
    "site_weighed_code": 0.984,  # n = 2041; the words of the site
    "t_after_word": 1.000,  # n = 17
    "t_group": 0.990,  # n = 98
    "t_prefixed": 0.976,  # n = 832
    "t_prefixed_noisy": 0.979,  # n = 94
}


def of(rule: str) -> float | None:
    return MEASURED.get(rule)
