"""What a specialist who is asked would read, from what their own seat may see. Pure."""

from __future__ import annotations

from overread.workflow.referrals.queries import Packet

from ..casefile.company import in_a_row


def amount(packet: Packet) -> str:
    """ "1 slide, 2 imaging studies and 3 questions"."""
    counts = (
        (len(packet.slides), "slide", "slides"),
        (len(packet.studies), "imaging study", "imaging studies"),
        (len(packet.documents), "document", "documents"),
        (len(packet.questions), "question", "questions"),
    )
    return (
        in_a_row([f"{n} {one if n == 1 else many}" for n, one, many in counts if n]) or "Nothing that you may see yet"
    )


def about(packet: Packet) -> str:
    """The organ, where the record names it and the seat may see that; else empty."""
    facts = [seen.fact for view in packet.subjects if view.is_patient for seen in view.facts]
    return next((fact.text.lower() for fact in facts if fact.field == "site"), "")
