"""What a record says, for the patient and who acts for them: plain sentences, and no verdict. Pure."""

from __future__ import annotations

from django.utils.formats import date_format

from overread.clinical.assessment import Assessment, LesionGrowth
from overread.clinical.staging import StageCheck
from overread.clinical.workup import NO_DIAGNOSIS

GROWTH_ALONE = "Growth alone does not say whether it is cancer; the specialist judges this."


def without_diagnosis(assessment: Assessment) -> bool:
    return assessment.workup.no_tumour == NO_DIAGNOSIS


def stage(check: StageCheck, *, signed: bool) -> str:
    """How the statements on the stage fit together. Which of them is right, the specialists say."""
    if not any(one.stated for one in check.checks):
        return "Your papers state no stage together with its T, N and M, so there is nothing to compare."
    if check.consistent is None:
        return "Overread cannot check the stage in your papers. The specialists look at it themselves."
    if check.consistent:
        return "The stage in your papers fits with the T, N and M that they state."
    who = "Your report says what the specialists concluded." if signed else "Your navigator looks into it."
    return f"Two statements on the stage in your papers do not fit together. {who}"


def grew(lesion: LesionGrowth) -> str:
    """From which size to which, and when; "it grew" only where the sizes say so beyond their rounding."""
    first, last = lesion.points[0], lesion.points[-1]
    days = f"between {date_format(first.on, 'j F Y')} and {date_format(last.on, 'j F Y')}"
    unit = "mm³" if last.unit == "mm3" else last.unit
    if lesion.growth.grew:
        return f"It grew from {first.size:g} to {last.size:g} {unit} {days}. {GROWTH_ALONE}"
    sizes = f"It measured {first.size:g} and then {last.size:g} {unit}, {days}."
    if lesion.growth.grew is None:
        return f"{sizes} The difference is so small that it may not have grown at all. The specialist judges this."
    return f"{sizes} By these sizes it did not grow. The specialist judges what that means."
