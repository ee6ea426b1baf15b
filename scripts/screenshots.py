"""Pictures of every page of a demo installation, at both widths and in both themes, into build/screenshots.

It starts an installation of its own in a directory that is thrown away, and looks at it as the demo's people: at their
pages, and at what a page becomes once somebody has done something there (answers, refusals, files being read, print).
Name people (`scripts/screenshots.py public navigator maria`) to look as them alone.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, FilePayload, FloatRect, Page, ViewportSize, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "build" / "screenshots"
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-background-networking", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
LOOKS = [(width, theme) for width in (390, 1280) for theme in THEMES]
OPEN = (
    *("", "about/", "ask/", "symptoms/", "reference/", "reference/staging/colon_rectum_8/", "demo/"),
    *("accounts/login/", "accounts/signup/", "accounts/password/reset/", "invitations/unknown/", "nothing/"),
)
OWN = (
    *("cases/", "notices/", "start/", "refer/", "rates/", "installation/", "payer/"),
    *("accounts/2fa/", "accounts/2fa/totp/activate/", "accounts/2fa/webauthn/add/"),
    *("accounts/password/change/", "accounts/email/"),
)
# Chromium paints no taller picture: below, it begins again at the top.
TALLEST = 8000
# A picture of the whole page holds what a reader would scroll to.
EAGER = "document.querySelectorAll('[loading=lazy]').forEach((one) => { one.loading = 'eager'; })"
READY = "Promise.all([document.fonts.ready, ...[...document.images].map((one) => one.decode().catch(() => {}))]).then(() => 0)"
# One of each role; the demo has more people than that.
PEOPLE = {
    "navigator": "Dr. Nadia Reyes",
    "walter": "Walter Thompson",
    "julia": "Julia Thompson",
    "maria": "Maria Delgado",
    "george": "George Petersen",
    "radiologist": "Dr. Thora Lindqvist",
    "pathologist": "Dr. Elena Marchetti",
    "referrer": "Dr. Peter Hallam",
    "board": "Dr. Ingrid Solberg",
    "payer": "Paula Grant, Northlake Health Plan",
    "operator": "Olive Park",
}


@dataclass(frozen=True)
class Picture:
    """An address, and what is done there first. ``kind`` names the picture of what it became.

    changes: the case is another one afterwards, so that these pictures are taken last.
    """

    path: str
    kind: str = ""
    act: Callable[[Page], object] | None = None
    changes: bool = False

    @property
    def name(self) -> str:
        words = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "", self.path).replace("/", " ").split()
        return "-".join([*(words or ["home"]), *self.kind.split()])


def press(name: str) -> Callable[[Page], object]:
    return lambda page: page.locator("#main").get_by_role("button", name=name).first.click()


def refused(name: str, **typed: str) -> Callable[[Page], object]:
    """Sends a form past what the browser itself would not send."""

    def act(page: Page) -> None:
        page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })")
        page.evaluate("document.querySelectorAll('main form').forEach((one) => { one.noValidate = true; })")
        for field, words in typed.items():
            page.locator(f"main [name={field}]").first.fill(words)
        press(name)(page)

    return act


def chosen(name: str, *labels: str, **typed: str) -> Callable[[Page], object]:
    """Ticks, fills in and sends."""

    def act(page: Page) -> None:
        for label in labels:
            page.get_by_label(label).first.check()
        for field, words in typed.items():
            page.locator(f"main [name={field}]").first.fill(words)
        press(name)(page)

    return act


def sent(page: Page) -> None:
    """Files that wait to be read, one that cannot be, and one that is empty."""
    files = (("letter.txt", b"Invasive ductal carcinoma."), ("cut_off.pdf", b"%PDF-1.4 cut"), ("empty.txt", b""))
    sending = [FilePayload(name=name, mimeType="text/plain", buffer=data) for name, data in files]
    page.set_input_files("#files-input", sending)
    press("Send the files")(page)
    page.get_by_text("Not kept: empty.txt").wait_for()


def on_paper(page: Page) -> None:
    page.emulate_media(media="print")


ASKED, LOOKED = "See the answer", "See what studies found"
STATES: tuple[Picture, ...] = (
    Picture("ask/", "answered", chosen(ASKED, "Has anyone called your cancer rare or unusual?")),
    Picture("ask/", "emergency", chosen(ASKED, "Cancer presses on the spinal cord.")),
    Picture("symptoms/", "answered", chosen(LOOKED, "Weight loss", "Cough", age="62")),
    Picture("symptoms/", "nothing chosen", press(LOOKED)),
    Picture("symptoms/", "refused", refused(LOOKED, age="620")),
    Picture("accounts/login/", "refused", refused("Sign in", login="nobody@demo.example", password="wrong")),
    Picture("accounts/signup/", "refused", refused("Sign up", email="no address", password1="short")),
    Picture("accounts/password/reset/", "sent", chosen("Send me the link", email="nobody@demo.example")),
)


def states_of(case: str) -> Iterable[Picture]:
    """What a page of the case becomes once something was done, or could not be."""
    yield Picture(f"{case}records/", "letter refused", refused("Write the letter", recipient="North Hospital"))
    yield Picture(f"{case}records/", "files sent", sent, changes=True)
    yield Picture(f"{case}messages/", "refused", refused("Send"))
    yield Picture(f"{case}people/", "not theirs")


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
        if not only or "public" in only:
            look(browser, address, None, "public", [*map(Picture, OPEN), *STATES])
        for key, name in PEOPLE.items():
            if not only or key in only:
                state = signed_in(browser, address, name)
                look(browser, address, state, key, list(pictures_of(browser, address, state, key)))
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


def pictures_of(browser: Browser, address: str, state: Any, key: str) -> Iterator[Picture]:
    """Somebody's own pages, those of their cases, and what these become: of maria's forms, and of reports on paper."""
    pages = pages_of(browser, address, state)
    asks = browser.new_context(storage_state=state).request
    yield from (Picture(path) for path in OWN if asks.get(f"{address}/{path}").ok)  # the others are not theirs
    yield from map(Picture, pages)
    cases = [path for path in pages if re.fullmatch(r"cases/[0-9a-f-]{36}/", path)]
    if key == "maria":
        yield Picture("start/", "refused", refused("Open the case"))
        yield from states_of(cases[0])
    if key == "radiologist":
        yield Picture(cases[0].replace("cases/", "viewer/"), "viewer", lambda page: page.wait_for_timeout(8000))
    if key == "george":
        yield from (Picture(path, "on paper", on_paper) for path in pages if re.search(r"/report/.+/$", path))


def pages_of(browser: Browser, address: str, state: Any) -> list[str]:
    """The pages of each of their cases, with a document and a report where there is one."""
    page = browser.new_context(storage_state=state).new_page()
    page.goto(f"{address}/cases/")
    found = links(page, r"/cases/[0-9a-f-]{36}/packet/")  # of a case that one is only asked about
    for case in links(page, r"/cases/[0-9a-f-]{36}/"):
        page.goto(f"{address}/{case}")
        found += links(page, re.escape(f"/{case}") + r"[a-z/-]*")
        for where, wanted in (
            ("facts/", r"/cases/.*/documents/[^#]*"),
            ("report/", r"/cases/.*/report/[0-9a-f-]{36}/"),
        ):
            if f"{case}{where}" in found:
                page.goto(f"{address}/{case}{where}")
                found += links(page, wanted)[:1]
    return list(dict.fromkeys(found))


def links(page: Page, pattern: str) -> list[str]:
    hrefs = page.eval_on_selector_all("a[href]", "all => all.map(a => a.getAttribute('href').split('#')[0])")
    return list(dict.fromkeys(href.lstrip("/") for href in hrefs if re.fullmatch(pattern, href)))


def look(browser: Browser, address: str, state: Any, who: str, pictures: list[Picture]) -> None:
    numbered = list(enumerate(pictures))
    for last in (False, True):
        some = [(number, one) for number, one in numbered if one.changes is last]
        for width, theme in LOOKS if some else ():
            size = ViewportSize(width=width, height=844 if width < 500 else 800)
            context = browser.new_context(
                viewport=size, color_scheme=theme, storage_state=state, reduced_motion="reduce"
            )
            page = context.new_page()
            for number, picture in some:
                take(page, f"{address}/{picture.path}", picture, f"{who}-{number:02}-{picture.name}-{width}-{theme}")
            context.close()
    print(f"  {who}: {len(pictures)} pages", flush=True)


def take(page: Page, address: str, picture: Picture, name: str) -> None:
    page.goto(address)
    if picture.act:
        picture.act(page)
    whole(page)
    width, height = page.evaluate("[document.documentElement.clientWidth, document.documentElement.scrollHeight]")
    for part, top in enumerate(range(0, height, TALLEST)):
        more = f"-part{part + 1}" if part else ""
        piece = FloatRect(x=0, y=top, width=width, height=min(TALLEST, height - top))
        page.screenshot(path=OUT / f"{name}{more}.png", full_page=True, clip=piece)
    page.emulate_media(media="screen")


def whole(page: Page) -> None:
    """Waits until nothing is missing from the picture."""
    page.wait_for_load_state("load")
    page.evaluate(EAGER)
    page.evaluate(READY)
    if page.locator("iframe:visible").count():
        page.locator("iframe:visible").first.scroll_into_view_if_needed()
        page.wait_for_timeout(8000)  # the viewer paints its first image
        page.evaluate("scrollTo(0, 0)")  # what stays in view stands at the top of the picture


if __name__ == "__main__":
    main(sys.argv[1:])
