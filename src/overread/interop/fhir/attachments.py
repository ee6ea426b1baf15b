"""Reports that travel inside a bundle: text that can be read at once, and files for the documents room."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from overread.clinical.record import Document

from .context import Context
from .elements import Node, concept, day, first, items, string

MAX_REPORT = 2_000_000  # characters of a conclusion


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file found in a bundle. ``id`` is the SHA-256 of ``data``; ``subject`` the key of the patient it is about."""

    id: str
    subject: str
    title: str
    content_type: str
    data: bytes
    on: str | None


@dataclass(frozen=True, slots=True)
class Missing:
    """An attachment that was named, but whose bytes are not in the bundle or are damaged."""

    title: str
    reason: str


def conclusion(ctx: Context) -> Document | None:
    """The words of a DiagnosticReport's conclusion, as a document that extraction can read."""
    text = string(ctx.resource, "conclusion", MAX_REPORT)
    if not text:
        return None
    return Document(hashlib.sha256(text.encode()).hexdigest(), _title(ctx), "report", None, text, ctx.on)


def attachments(ctx: Context, subject: str) -> Iterator[Attachment | Missing]:
    """The presented forms of a DiagnosticReport, and the contents of a DocumentReference."""
    inner = [first(content, "attachment") for content in items(ctx.resource, "content")]
    for node in [*items(ctx.resource, "presentedForm"), *(n for n in inner if n)]:
        yield _attachment(ctx, node, subject)


def as_text(attachment: Attachment) -> Document | None:
    """A plain text attachment as a document of the record; other kinds need the documents room."""
    if not attachment.content_type.startswith("text/plain"):
        return None
    try:
        text = attachment.data.decode("utf-8")
    except UnicodeDecodeError:
        text = attachment.data.decode("latin-1")
    text = text.replace("\x00", " ")
    return Document(attachment.id, attachment.title, "report", None, text, attachment.on) if text.strip() else None


def _attachment(ctx: Context, node: Node, subject: str) -> Attachment | Missing:
    title = string(node, "title") or _title(ctx)
    encoded = node.get("data")
    if not isinstance(encoded, str):
        return Missing(title, "its file is only linked, not sent along" if string(node, "url") else "its file is empty")
    try:
        data = base64.b64decode("".join(encoded.split()), validate=True)
    except (binascii.Error, ValueError):
        return Missing(title, "its file is damaged (not base64)")
    kind = string(node, "contentType") or "application/octet-stream"
    on = day(node, "creation") or ctx.on
    return Attachment(hashlib.sha256(data).hexdigest(), subject, title, kind, data, on)


def _title(ctx: Context) -> str:
    named = concept(ctx.resource, "code").label or concept(ctx.resource, "type").label
    return named or string(ctx.resource, "description") or ctx.label
