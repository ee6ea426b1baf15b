"""What is agreed to, in the words that are shown and kept. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from ..accounts.roles import Role

CONSENTS: dict[str, str] = {
    "review": "My records, images and slides may be read by the physicians who take part in this second opinion.",
    "learning": "What came of this second opinion may be counted, without my name, in this installation's own rates.",
}
# The same where somebody else agrees for the patient, or looks at what the patient is asked.
CONSENTS_FOR_THE_PATIENT: dict[str, str] = {
    "review": "The patient's records, images and slides may be read by the physicians who take part in this second opinion.",
    "learning": "What came of this second opinion may be counted, without the patient's name, in this installation's own "
    "rates.",
}


def consent_words(role: Role | None) -> Mapping[str, str]:
    """By scope, as who holds this role is asked."""
    return CONSENTS if role is Role.PATIENT else CONSENTS_FOR_THE_PATIENT
