"""The words for what the trail says was done. ``{}`` is the person or thing that it was done to."""

from __future__ import annotations

from overread.clinical.indication import KINDS
from overread.workflow.accounts.roles import ROLES
from overread.workflow.cases.transitions import STEPS, State

# By the action's name in the trail. Every action that writes into a case's trail has its words here.
WORDS: dict[str, str] = {
    "accounts.invitation_accepted": "Accepted an invitation",
    "accounts.invited": "Invited somebody by email",
    "accounts.notice_read": "Read a notice",
    "accounts.notified": "Told {} that there is news",
    "cases.agreed": "Noted that a doctor agrees that the case may start",
    "cases.asked": "Added {} for the reviewing physician",
    "cases.assessed": "Kept the answers of the first assessment",
    "cases.consent_given": "Gave consent",
    "cases.consent_withdrawn": "Withdrew consent",
    "cases.joined": "Brought {} into the case",
    "cases.kind_chosen": "Chose the kind of review",
    "cases.left": "Ended the part of {} in the case",
    "cases.moved": "Moved the case",
    "cases.opened": "Opened the case",
    "cases.question_cleared": "Released {} to blinded reviewers",
    "cases.question_hidden": "Hid {} from blinded reviewers again",
    "cases.revealed": "Was shown the first interpretation",
    "facts.corrected": "Corrected a fact",
    "facts.identity_confirmed": "Confirmed whom a record is about",
    "facts.patient_named": "Said who the patient of the case is",
    "facts.read": "Read the facts from {}",
    "intake.accepted": "Checked and kept {}",
    "intake.cleared": "Released {} to blinded reviewers",
    "intake.hidden": "Hid {} from blinded reviewers again",
    "intake.received": "Sent {}",
    "intake.refused": "Checked and did not keep {}",
    "intake.set_aside": "Set {} aside",
    "materials.letter_noted": "Wrote down a date of a request letter",
    "materials.letter_written": "Wrote a request letter",
    "materials.moved": "Noted where {} is",
    "messaging.written": "Wrote a message",
    "outcomes.answered": "Said what happened after the report",
    "outcomes.asked": "Asked what happened after the report",
    "outcomes.rated": "Rated the service",
    "outcomes.scheduled": "Set the day on which the outcome is asked",
    "referrals.accepted": "Took the review on",
    "referrals.declined": "Declined the review",
    "referrals.outside_opinion": "Entered an opinion from outside",
    "referrals.sent": "Asked {} for an opinion",
    "reports.compared": "Compared the opinions",
    "reports.drafted": "Drafted the report",
    "reports.redrafted": "Drafted the report anew",
    "reports.signed": "Signed the report",
    "reviews.answered_again": "Answered whether an opinion stays or changes",
    "reviews.asked_again": "Asked whether an opinion stays or changes",
    "reviews.board_opened": "Called the tumor board",
    "reviews.decided": "Closed the tumor board with its minutes",
    "reviews.draft_saved": "Saved a draft of an opinion",
    "reviews.signed": "Signed an opinion",
    "reviews.started": "Began to read",
    "reviews.third_opinion": "Asked for a third opinion",
    "reviews.voted": "Voted at the tumor board",
    "scheduling.arranged": "Arranged {}",
    "scheduling.cancelled": "Cancelled {}",
    "scheduling.held": "Noted that {} was held",
}
JOINED_THEMSELVES = "Joined the case"
# Where the row says more: the action, the name of what it says, and the words for each value.
MORE: dict[tuple[str, str], dict[str, str]] = {
    ("accounts.invited", "role"): {r: f"Invited somebody by email as {ROLES[r].label.lower()}" for r in ROLES},
    ("cases.consent_given", "scope"): {
        "review": "Gave consent to the review",
        "learning": "Agreed that the outcome may be counted, without a name",
    },
    ("cases.joined", "role"): {r: f"Brought {{}} into the case as {ROLES[r].label.lower()}" for r in ROLES},
    ("cases.kind_chosen", "kind"): {k.key: f"Chose the kind of review: {k.name}" for k in KINDS.values()},
    ("cases.moved", "to"): {
        **{state: f"Moved the case to the step “{name}”" for state, name in STEPS},
        State.RECONSIDERING: "Moved the case on: the physicians look again, as the opinions differ",
        State.ADJUDICATING: "Moved the case to the tumor board",
        State.CLOSED: "Finished the case",
        State.WITHDRAWN: "Ended the case: it was withdrawn",
    },
    ("materials.letter_written", "kind"): {
        "records": "Wrote a request for records",
        "material": "Wrote a request for slides and blocks",
    },
    ("materials.moved", "state"): {
        "requested": "Noted as asked for: {}",
        "sent": "Noted as sent: {}",
        "received": "Noted as arrived: {}",
        "returned": "Noted as returned: {}",
        "lost": "Noted as lost: {}",
    },
    ("reviews.signed", "stage"): {
        "blind": "Sealed the opinion that was written blinded",
        "final": "Signed the final opinion",
        "reconsidered": "Signed the opinion after looking again",
    },
}
# What a row is about, where its name is not known to who reads; and where there are too many to name.
SOMETHING = {
    "call": "a call",
    "file": "a file",
    "material": "a slide, block or disc",
    "notice": "somebody",
    "participation": "somebody",
    "question": "a question",
    "referral": "a specialist",
}
MANY = {
    "call": "{} calls",
    "file": "{} files",
    "material": "{} slides, blocks or discs",
    "notice": "{} people",
    "participation": "{} people",
    "question": "{} questions",
    "referral": "{} specialists",
}
