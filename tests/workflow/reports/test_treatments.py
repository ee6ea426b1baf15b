"""A treatment stands in one row of the report, with all that is said of it."""

from overread.clinical.record import Fact, Method, Provenance
from overread.workflow.facts.rows import fact_to_json
from overread.workflow.reports.layout import _groups


def told(field: str, value: str | int, about: str | None = "treatment:1") -> dict[str, object]:
    fact = Fact(
        field, value, Provenance("d", Method.TEXT, quote="words"), about, "2018" if field == "treatment_given" else None
    )
    return {**fact_to_json(fact), "source": "note.txt"}


def test_details_stand_with_their_treatment_and_not_in_rows_of_their_own() -> None:
    facts = [
        told("treatment_given", "chemotherapy"), told("treatment_status", "given"), told("treatment_amount", "6 cycles"),
        told("treatment_modality", "systemic"), told("treatment_proposed", "surgery", None), told("treatment_line", 2, "treatment:9"),
    ]  # fmt: skip
    (plan,) = _groups({"subjects": [{"leads": True, "facts": facts}]})
    assert [(row.label, row.value, row.on) for row in plan.rows] == [
        ("Treatment given", "chemotherapy (given, 6 cycles)", "2018"),
        ("Treatment proposed", "surgery", None),
        ("Line of treatment (treatment:9)", "2", None),
    ]
