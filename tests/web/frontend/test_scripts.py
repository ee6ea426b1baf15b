"""Pages and scripts name each other: what a template calls is defined, and no template asks for what is gone."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PAGES = {p: p.read_text() for p in (ROOT / "src/overread/web/templates").rglob("*.html")}
SCRIPTS = "\n".join(p.read_text() for p in (ROOT / "frontend/js").glob("*.js"))


def test_every_element_of_our_own_is_defined_and_used() -> None:
    called = {name for text in PAGES.values() for name in re.findall(r"<([a-z]+-[a-z-]+)[\s>]", text)}
    defined = set(re.findall(r'customElements\.define\("([a-z-]+)"', SCRIPTS))
    assert called == defined and len(defined) >= 4


def test_no_template_asks_for_alpine_or_runs_text() -> None:
    asked = re.compile(r"\s(?:x-(?:data|show|text|on|bind|ref|cloak|model|if|for)\b|@[a-z]+[.a-z]*=|on[a-z]+=|style=)")
    tags = {p.name: tag for p, text in PAGES.items() for tag in re.findall(r"<[a-z][^>]*>", text) if asked.search(tag)}
    assert tags == {}


def test_htmx_is_loaded_where_it_is_used_and_nowhere_else() -> None:
    uses = {p.name for p, text in PAGES.items() if re.search(r"\bhx-(?:get|post)=", text)}
    loads = {p.name for p, text in PAGES.items() if "htmx.min.js" in text}
    assert loads == {"records.html"} and uses == {"records.html", "files.html"}  # files.html is a part of the other
