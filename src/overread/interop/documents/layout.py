"""Lays out a template with data as PDF/A-2a and PDF/UA-1, by typst, without network and with its own fonts."""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import datetime
from importlib import resources
from typing import Any, Literal, cast

import typst

from .errors import LayoutFailed

_Standards = list[Literal["a-2a", "ua-1", "1.7"]]
_ARCHIVE: _Standards = ["a-2a", "ua-1"]
_UNFIT = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufeff\ufffe\uffff\u200b-\u200f\u202a-\u202e\u2060-\u2069]"
)


def laid_out(template: str, data: dict[str, Any], at: datetime) -> bytes:
    """The PDF. Data reaches the template as JSON, never as markup. Equal input gives equal bytes. Raises LayoutFailed.

    Where a text holds letters that the built-in fonts lack (Chinese, emoji), the system's fonts are tried; if those
    lack them too, an ordinary PDF is made, because the archive standards forbid missing letters.
    """
    fields = json.dumps(_clean(data), ensure_ascii=False)
    attempts: tuple[tuple[bool, _Standards], ...] = ((True, _ARCHIVE), (False, _ARCHIVE), (False, ["1.7"]))
    said = ""
    for own_fonts, standards in attempts:
        try:
            return _compiled(template, fields, at, own_fonts, standards)
        except typst.TypstError as error:
            said = str(error)
    raise LayoutFailed(f"The template {template} could not be laid out ({said[:200]}).")


def _compiled(template: str, fields: str, at: datetime, own_fonts: bool, standards: _Standards) -> bytes:
    with resources.as_file(resources.files(__package__) / "templates") as folder:
        compiler = typst.Compiler(str(folder / template), root=str(folder), ignore_system_fonts=own_fonts)
        done = compiler.compile(
            format="pdf", sys_inputs={"data": fields}, pdf_standards=cast(Any, standards), timestamp=int(at.timestamp())
        )
    return cast(bytes, done)


def _clean(value: Any) -> Any:
    """Text without control, private and direction-changing characters, composed; lists and objects likewise."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", _UNFIT.sub("", value))
    if isinstance(value, dict):
        return {key: _clean(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(inner) for inner in value]
    return value
