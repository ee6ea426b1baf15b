"""Roles as plain described lists of permissions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    PATIENT = "patient"
    PROXY = "proxy"
    REFERRER = "referrer"
    NAVIGATOR = "navigator"
    REVIEWER = "reviewer"
    BOARD = "board"
    PAYER = "payer"
    OPERATOR = "operator"


class Permission(StrEnum):
    OPEN_CASE = "open a case"
    SEE_CASE = "see the case"
    SEE_AUDIT = "see who did what to the case"
    GIVE_CONSENT = "give or withdraw consent"
    ASK_QUESTION = "put a question to the reviewer"
    ADD_FILES = "add records and images"
    WRITE_REQUEST = "write a request for records or material"
    TRACK_MATERIAL = "record where slides, blocks and media are"
    AGREE = "agree, as a doctor or for one, that the case may start"
    MOVE_CASE = "move the case to its next step"
    ENGAGE_PEOPLE = "bring people into the case"
    CLEAR_TEXT = "clear free text for blinded eyes"
    CONFIRM_IDENTITY = "confirm whom a record is about"
    CORRECT_FACT = "correct a fact"
    ROUTE = "choose the experts and send the packet"
    REVIEW = "write a blinded opinion"
    ANSWER_FIRST = "answer for the first opinion when opinions differ"
    ADJUDICATE = "decide between two opinions"
    COMPARE = "have the opinions compared"
    DRAFT_REPORT = "draft the report"
    SIGN_REPORT = "sign the report"
    SEE_REPORT = "read the report"
    ANSWER_OUTCOME = "say what happened next"
    WRITE_MESSAGE = "write on the case's thread"
    ARRANGE_CALL = "arrange a call"
    RATE = "rate the service"
    RUN_INSTALLATION = "run the installation"


P = Permission


@dataclass(frozen=True, slots=True)
class RoleSpec:
    """What a role is, in one sentence, and what it may do in a case it takes part in."""

    label: str
    description: str
    permissions: frozenset[Permission]


_OWN = frozenset(
    {P.SEE_CASE, P.SEE_AUDIT, P.GIVE_CONSENT, P.ASK_QUESTION, P.ADD_FILES, P.WRITE_REQUEST}
    | {P.SEE_REPORT, P.ANSWER_OUTCOME, P.WRITE_MESSAGE, P.ARRANGE_CALL, P.RATE}
)

ROLES: dict[Role, RoleSpec] = {
    Role.PATIENT: RoleSpec("Patient", "The person whose record it is.", _OWN | {P.OPEN_CASE}),
    Role.PROXY: RoleSpec("Proxy", "Acts for the patient, with recorded authority.", _OWN | {P.OPEN_CASE}),
    Role.REFERRER: RoleSpec(
        "Referring physician",
        "Treats the patient and asks for the opinion.",
        frozenset(
            {P.OPEN_CASE, P.SEE_CASE, P.ASK_QUESTION, P.ADD_FILES, P.WRITE_REQUEST, P.SEE_REPORT, P.ANSWER_OUTCOME}
            | {P.WRITE_MESSAGE, P.ARRANGE_CALL, P.AGREE, P.ANSWER_FIRST}
        ),
    ),
    Role.NAVIGATOR: RoleSpec(
        "Navigator",
        "Coordinates the case from the first question to the outcome.",
        frozenset(
            {P.OPEN_CASE, P.SEE_CASE, P.SEE_AUDIT, P.ASK_QUESTION, P.ADD_FILES, P.WRITE_REQUEST, P.TRACK_MATERIAL}
            | {P.MOVE_CASE, P.ENGAGE_PEOPLE, P.CLEAR_TEXT, P.CONFIRM_IDENTITY, P.CORRECT_FACT, P.ROUTE, P.COMPARE}
            | {P.DRAFT_REPORT, P.SEE_REPORT, P.ANSWER_OUTCOME, P.WRITE_MESSAGE, P.ARRANGE_CALL, P.AGREE, P.ANSWER_FIRST}
        ),
    ),
    Role.REVIEWER: RoleSpec(
        "Reviewing physician",
        "An independent specialist who reads blinded, then signs the final opinion.",
        frozenset({P.SEE_CASE, P.REVIEW, P.SIGN_REPORT, P.SEE_REPORT}),
    ),
    Role.BOARD: RoleSpec(
        "Tumor board chair",
        "Leads the board that decides between two opinions, and signs where the second one came from outside.",
        frozenset({P.SEE_CASE, P.ADJUDICATE, P.SIGN_REPORT, P.SEE_REPORT, P.WRITE_MESSAGE}),
    ),
    Role.PAYER: RoleSpec(
        "Payer", "Required the opinion and reads the signed report.", frozenset({P.SEE_CASE, P.SEE_REPORT})
    ),
    Role.OPERATOR: RoleSpec(
        "Operator", "Runs the installation; sees no patient's record.", frozenset({P.RUN_INSTALLATION})
    ),
}
