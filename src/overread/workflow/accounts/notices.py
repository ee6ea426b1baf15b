"""The words of every notice. None can hold health information: there is nowhere to put it."""

from __future__ import annotations

NOTICES: dict[str, tuple[str, str]] = {
    "invited": ("You are invited to Overread", "Somebody asks you to take part in a second opinion."),
    "case_moved": ("There is news in Overread", "A case that you take part in has moved to its next step."),
    "your_turn": ("It is your turn in Overread", "A case that you take part in waits for you."),
    "report_ready": ("A report is ready in Overread", "A report is ready for you. Sign in to read it."),
    "message": ("A message waits in Overread", "Somebody wrote to you. Sign in to read it."),
}
