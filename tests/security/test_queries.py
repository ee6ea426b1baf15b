"""Every query by everybody, held to a table written by hand."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
import yaml

from tests.architecture.sources import modules
from tests.security.looks import LOOKS, who_sees
from tests.security.worlds import Installation, expand

pytestmark = pytest.mark.django_db
TABLE: dict[str, str] = yaml.safe_load((Path(__file__).parent / "queries.yaml").read_text())

# Queries that another row stands for (one object out of the list; what is derived from it), or that tell nobody anything
# of a case: who asks is the person themselves, or the installation's own job.
STANDING_FOR_ANOTHER = {
    "accounts": {"notices", "unread_notices", "organisations_of", "open_invitation", "person_for"},
    "clocks": {"today", "calendar", "read_ahead"},
    "audit": {"export", "rows_of_case", "first_break"},
    "cases": {
        "cases_of",
        "seat_of",
        "as_seat",
        "participation_of",
        "participants",
        "participants_who_may",
        "consents",
        "questions",
        "progress",
        "shown_state",
        "has_patient",
    },
    "intake": {"item_of", "picture_of", "sees", "files", "documents", "file_for", "content", "waiting"},
    "facts": {"items_of", "facts", "subjects", "patient_record", "lead_record", "assessment", "fact_for", "subject_for"}
    | {"facts_of_file"},
    "materials": {"letter_for", "due", "material_for"},
    "directory": {"in_use", "first_doctors"},
    "scheduling": {"call_for"},
    "referrals": {"referral_for", "packet"},
    "reviews": {"reviews", "versions", "first_opinion", "review_for", "final_opinions", "blind_and_final", "board_for"}
    | {"record_for", "standing", "outside_opinion", "reconsideration_for"},
    "reports": {"reports", "report_for", "report_to_sign", "current", "last_signed_at"},
    "outcomes": {"due", "without_follow_up"},
}


def test_the_table_names_every_look() -> None:
    assert set(TABLE) == set(LOOKS)


def test_every_query_is_looked_at() -> None:
    looked_at = {name.split(",")[0].split(" ")[0] for name in LOOKS}
    for path in (p for p in modules("workflow") if p.name == "queries.py"):
        room = path.parent.name
        functions = {n.name for n in ast.parse(path.read_text()).body if isinstance(n, ast.FunctionDef)}
        public = {name for name in functions if not name.startswith("_")}
        known = {name for name in public if f"{room}.{name}" in looked_at} | STANDING_FOR_ANOTHER.get(room, set())
        assert public <= known, f"{room}: {sorted(public - known)}"


@pytest.mark.parametrize("name", sorted(TABLE))
def test_who_sees_something(installation: Installation, name: str) -> None:
    assert who_sees(installation, name) == expand(TABLE[name], installation.actors)
