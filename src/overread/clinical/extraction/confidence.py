"""How often each rule is right, by the development reports; None where nothing measured it.

Measured against the registry by ``bench/quality/extraction.py --calibrate`` on all development reports; the same made of one half
and checked on the other is off by 0.013 on average. A rule's share is drawn towards its field's, and that towards all rules', so that few
readings do not make it certain; none is above 0.995. The registry errs too, so a share is a floor. N and M were compared only where
neither side says X, because the registry fills in clinical findings there. Rules with fewer than 15 readings
to compare, and fields that the registry does not hold (markers, margins, invasion, sizes, imaging), carry no confidence; nor does
the age, of which the scans broke most of the 25 figures to compare.
"""

from __future__ import annotations

MEASURED: dict[str, float] = {
    "edition_named": 0.940,  # 252 of 268
    "grade_g": 0.767,  # 199 of 260
    "grade_labelled": 0.798,  # 1023 of 1281
    "grade_words": 0.769,  # 627 of 816
    "histology_code": 0.841,  # 3294 of 3916
    "histology_named": 0.841,  # 3294 of 3916; the words of the code
    "m_group": 0.995,  # 49 of 49
    "m_prefixed": 0.994,  # 23 of 23
    "n_group": 0.982,  # 910 of 927
    "n_prefixed": 0.984,  # 372 of 378
    "nodes_clear": 0.953,  # 256 of 268
    "nodes_clear_examined": 0.773,  # 89 of 118
    "nodes_labelled": 0.954,  # 242 of 253
    "nodes_labelled_examined": 0.889,  # 247 of 277
    "nodes_of": 0.875,  # 31 of 37
    "nodes_of_examined": 0.803,  # 33 of 43
    "nodes_ratio": 0.912,  # 428 of 470
    "nodes_ratio_examined": 0.885,  # 343 of 387
    "sex_stated": 0.995,  # 561 of 562
    "site_weighed": 0.984,  # 3930 of 3995
    "site_weighed_code": 0.984,  # 3930 of 3995; the words of the site
    "t_after_word": 0.992,  # 38 of 38
    "t_group": 0.979,  # 184 of 188
    "t_prefixed": 0.977,  # 1560 of 1596
    "t_prefixed_noisy": 0.992,  # 154 of 155
}


def of(rule: str) -> float | None:
    return MEASURED.get(rule)
