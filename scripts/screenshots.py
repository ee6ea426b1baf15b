"""Pictures of every page of a demo installation, at both widths and in both themes, into build/screenshots.

It starts an installation of its own in a directory that is thrown away, and looks at it as the demo's people.
Name people (`scripts/screenshots.py navigator maria`) to look as them alone.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "build" / "screenshots"
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-background-networking", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
LOOKS = [(width, theme) for width in (390, 1280) for theme in ("light", "dark")]
OPEN = ("", "about/", "ask/", "demo/", "accounts/login/", "accounts/signup/", "accounts/password/reset/", "nothing/")
OWN = ("cases/", "start/", "accounts/2fa/", "accounts/password/change/", "accounts/email/", "installation/", "rates/")
# A picture of the whole page holds what a reader would scroll to.
EAGER = "document.querySelectorAll('[loading=lazy]').forEach((one) => { one.loading = 'eager'; })"
# One of each role; the demo has more people than that.
PEOPLE = {
    "navigator": "Dr. Nadia Reyes",
    "walter": "Walter Thompson",
    "julia": "Julia Thompson",
    "maria": "Maria Delgado",
    "radiologist": "Dr. Thora Lindqvist",
    "pathologist": "Dr. Elena Marchetti",
    "referrer": "Dr. Peter Hallam",
    "board": "Dr. Ingrid Solberg",
    "payer": "Paula Grant, Northlake Health Plan",
    "operator": "Olive Park",
}


@contextmanager
def demo() -> Iterator[str]:
    """The address of a fresh demo installation, or of the one that OVERREAD_LOOK_AT names."""
    if running := os.environ.get("OVERREAD_LOOK_AT"):
        yield running
        return
    with tempfile.TemporaryDirectory(prefix="overread-screenshots-", ignore_cleanup_errors=True) as var:
        environment = os.environ | {"OVERREAD_VAR": var, "OVERREAD_DEMO": "1"}
        command = [str(ROOT / ".venv/bin/overread"), "serve", "--port", "8700"]
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as server:
            try:
                yield address_of(server)
            finally:
                server.terminate()


def address_of(server: subprocess.Popen[str]) -> str:
    for line in server.stdout or ():
        print(line, end="")
        if found := re.search(r"running at (http\S+)", line):
            return found[1]
    raise SystemExit("The demo installation did not start.")


def main(only: list[str]) -> None:
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    with demo() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        if not only:
            look(browser, address, None, "public", OPEN)
        for key, name in PEOPLE.items():
            if not only or key in only:
                state = signed_in(browser, address, name)
                look(browser, address, state, key, [*OWN, *pages_of(browser, address, state)])
        browser.close()
    print(f"{len(list(OUT.iterdir()))} pictures in {OUT.relative_to(ROOT)}")


def signed_in(browser: Browser, address: str, name: str) -> Any:
    """One click in the demo's list of people."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}/demo/")
    page.get_by_role("button", name=f"Be {name}", exact=True).click()
    page.wait_for_url(re.compile(r"/(cases|installation|payer)/$"))
    return context.storage_state()


def pages_of(browser: Browser, address: str, state: Any) -> list[str]:
    """The pages of each of their cases, with a document and a report where there is one."""
    page = browser.new_context(storage_state=state).new_page()
    page.goto(f"{address}/cases/")
    found: list[str] = []
    for case in links(page, r"/cases/[0-9a-f-]{36}/"):
        page.goto(f"{address}/{case}")
        found += links(page, re.escape(f"/{case}") + r"[a-z/]*")
        for where, wanted in (
            ("facts/", r"/cases/.*/documents/[^#]*"),
            ("report/", r"/cases/.*/report/[0-9a-f-]{36}/"),
        ):
            if f"{case}{where}" in found:
                page.goto(f"{address}/{case}{where}")
                found += links(page, wanted)[:1]
    return list(dict.fromkeys(found))


def links(page: Page, pattern: str) -> list[str]:
    hrefs = page.eval_on_selector_all("main a[href]", "all => all.map(a => a.getAttribute('href').split('#')[0])")
    return list(dict.fromkeys(href.lstrip("/") for href in hrefs if re.fullmatch(pattern, href)))


def look(browser: Browser, address: str, state: Any, who: str, paths: Any) -> None:
    for width, theme in LOOKS:
        context = browser.new_context(
            viewport={"width": width, "height": 844 if width < 500 else 800}, color_scheme=theme, storage_state=state
        )
        page = context.new_page()
        for number, path in enumerate(paths):
            page.goto(f"{address}/{path}")
            page.evaluate(EAGER)
            page.wait_for_load_state("networkidle")
            if page.locator("iframe:visible").count():
                page.locator("iframe:visible").first.scroll_into_view_if_needed()
                page.wait_for_timeout(8000)  # the viewer paints its first image
            words = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "", path).replace("/", " ").split()
            page.screenshot(
                path=OUT / f"{who}-{number:02}-{'-'.join(words) or 'home'}-{width}-{theme}.png", full_page=True
            )
        context.close()
    print(f"  {who}: {len(paths)} pages")


if __name__ == "__main__":
    main(sys.argv[1:])
