"""Different identities never merge: only an agreeing identifier, or name and birth date, make one person of two sources."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overread.clinical.record import Identity, Subject
from overread.clinical.record.identity import confirm, group, same_person

JANE = Subject("a", name="Jane Doe", birth_date="1980-01-01", sex="female", identifiers=frozenset({"north|1", "1"}))


@pytest.mark.parametrize(
    "other, same",
    [
        (Subject("b", name="DOE^JANE", birth_date="1980-01-01"), True),
        (Subject("b", identifiers=frozenset({"north|1"})), True),
        (Subject("b", identifiers=frozenset({"1"})), False),  # a bare number may be another hospital's
        (Subject("b", name="Jane Doe", identifiers=frozenset({"1"})), True),
        (Subject("b", name="Jane Doe", birth_date="1980", identifiers=frozenset({"1"})), True),  # a year fits its days
        (Subject("b", name="Jane Doe", birth_date="1981", identifiers=frozenset({"1"})), False),
        (Subject("b", name="Jane Doe", birth_date="1980"), False),  # and proves none of them
        (Subject("b", name="Jane Doe"), False),
        (Subject("b", birth_date="1980-01-01"), False),
        (Subject("b"), False),
        (Subject("b", name="Joan Doe", birth_date="1980-01-01"), False),
        (Subject("b", name="Jane Doe", birth_date="1980-01-02", identifiers=frozenset({"north|1"})), False),
        (Subject("b", sex="male", identifiers=frozenset({"north|1"})), False),
        (Subject("b", name="", identifiers=frozenset({"north|2"})), False),
    ],
)
def test_same_person(other, same):
    assert same_person(JANE, other) is same and same_person(other, JANE) is same


def test_groups_hold_only_those_who_all_agree():
    by_number = Subject("b", identifiers=frozenset({"north|1"}))
    by_name = Subject("c", name="Jane Doe", birth_date="1980-01-01")
    stranger = Subject("d")
    assert group([JANE, by_number, by_name, stranger]) == ((JANE, by_number), (by_name,), (stranger,))


def test_confirming():
    assert JANE.identity is Identity.NOT_CONFIRMED and confirm(JANE).identity is Identity.CONFIRMED
    assert confirm(JANE).name == JANE.name


subjects = st.builds(
    Subject,
    st.sampled_from("abc"),
    name=st.sampled_from([None, "", "Jane Doe", "doe, jane", "X"]),
    birth_date=st.sampled_from([None, "1980", "1981"]),
    sex=st.sampled_from([None, "female", "male"]),
    identifiers=st.frozensets(st.sampled_from(["1", "a|1", "a|2"])),
)


@given(st.lists(subjects, max_size=6))
def test_grouping_keeps_everybody_and_never_joins_who_disagree(people):
    groups = group(people)
    assert sorted(id(p) for g in groups for p in g) == sorted(map(id, people))
    assert all(same_person(a, b) for g in groups for i, a in enumerate(g) for b in g[i + 1 :])
