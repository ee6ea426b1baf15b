"""The words of every notice. None can hold health information: there is nowhere to put it."""

from __future__ import annotations

_CALL = ("A call in Overread", "A call that concerns you was arranged or cancelled. Sign in to see when.")
NOTICES: dict[str, tuple[str, str]] = {
    "invited": ("You are invited to Overread", "Somebody asks you to take part in a second opinion."),
    "case_moved": ("There is news in Overread", "A case that you take part in has moved to its next step."),
    "your_turn": ("It is your turn in Overread", "A case that you take part in waits for you."),
    "report_ready": ("A report is ready in Overread", "A report is ready for you. Sign in to read it."),
    "second_factor_reset": (
        "Your second factor was reset in Overread",
        "Your authenticator and passkeys were forgotten at your request. Sign in with your password and set them up again. "
        "If you did not ask for this, tell whoever runs the installation.",
    ),
    "asked_again": (
        "Your view is asked for in Overread",
        "In a case that you know, a physician's view is asked for again.",
    ),
    "call_arranged": _CALL,
    "call_cancelled": _CALL,
    "call": _CALL,  # told before the two were kept apart
    "message": ("A message waits in Overread", "Somebody wrote to you. Sign in to read it."),
}
