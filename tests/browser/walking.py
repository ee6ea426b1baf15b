"""A case walked in browser windows, each step by the person whose turn it is; nothing is done behind the pages' back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.utils import timezone
from playwright.sync_api import Locator, expect

from overread.workflow.accounts.models import Person
from overread.workflow.audit.actors import System
from overread.workflow.cases.models import Case
from overread.workflow.facts import actions as facts
from overread.workflow.intake.queries import waiting
from tests.browser.conftest import Visit, Windows

WORKER = System("worker")


@dataclass
class Walk:
    """One case and the windows of its people, all of one size. directory: where files lie for the file chooser."""

    windows: Windows
    people: Mapping[str, Person]
    size: tuple[int, int]
    directory: Path
    _open: dict[str, Visit] = field(default_factory=dict)
    _case: Case | None = None

    def __getitem__(self, who: str) -> Visit:
        if who not in self._open:
            self._open[who] = self.windows(self.people[who], self.size)
        return self._open[who]

    @property
    def case(self) -> Case:
        if self._case is None:
            self._case = Case.objects.get()
        return self._case

    def at(self, who: str, path: str = "") -> Visit:
        """This person's window at a page of the case; nothing may stick out of it at the side."""
        window = self[who]
        window.go(f"/cases/{self.case.key}/{path}")
        assert window.overflow() <= 0, f"{path} is wider than {self.size[0]} px"
        return window

    # ask

    def ask(self, tumour: str, *situations: str) -> None:
        visitor = self.windows(None, self.size)
        visitor.go("/ask/").get_by_label("Which cancer is it").select_option(tumour)
        for situation in situations:
            visitor.page.locator(f"input[value={situation}]").check()
        visitor.press("See the answer")
        expect(visitor.page.locator("#answer")).to_be_visible()

    # gather

    def open(self, who: str, title: str, started: str = "No, not yet") -> None:
        page = self[who].go("/start/")
        page.get_by_label("What is the second opinion about?").fill(title)
        page.get_by_label("Has treatment started?").select_option(label=started)
        self[who].press("Open the case")

    def refer_patient(self, who: str, title: str, question: str) -> None:
        page = self[who].go("/refer/")
        page.get_by_label("What is the case about?").fill(title)
        page.get_by_label("What do you ask the specialist?").fill(question)
        page.get_by_label("Has treatment started?").select_option(label="Yes, it has")
        self[who].press("Open the case")

    def take(self, navigator: str) -> None:
        self[navigator].go("/cases/")
        self[navigator].press("Take it on")

    def bring_in(self, navigator: str, who: str, role: str, authority: str = "") -> None:
        page = self.at(navigator, "people/").page
        page.get_by_label("Email address").fill(self.people[who].email)
        page.get_by_label("Takes part as").select_option(role)
        page.get_by_label("A proxy's authority").fill(authority)
        self[navigator].press("Bring them in")

    def send(self, who: str, named: Mapping[str, bytes]) -> None:
        """Send files and wait until the page says by itself that they are kept."""
        page = self.at(who, "records/").page
        page.set_input_files("#files-input", [self._on_disk(name, data) for name, data in named.items()])
        page.get_by_role("button", name="Send the files").click()
        page.get_by_text(f"{len(named)} file{'s' if len(named) > 1 else ''} received").wait_for()
        self.work()
        expect(page.locator("#files")).not_to_contain_text("being read", timeout=20_000)

    def _on_disk(self, name: str, data: bytes) -> Path:
        path = self.directory / name
        path.write_bytes(data)
        return path

    def work(self) -> None:
        """What the worker does with files that wait."""
        for file in waiting(self.case):
            facts.read_file(file=file, by=WORKER, now=timezone.now())

    def question(self, who: str, text: str) -> None:
        self.at(who, "records/").page.get_by_label("What would you like to know?").fill(text)
        self[who].press("Add the question")

    def agree(self, who: str) -> None:
        self.at(who, "records/").page.get_by_role("button", name="I agree").first.click()
        self[who].page.get_by_text("The consent was recorded.").wait_for()

    # understand

    def complete(self, navigator: str) -> None:
        self.at(navigator)
        self[navigator].press("The records are complete")

    def name_patient(self, navigator: str) -> None:
        self.at(navigator, "facts/")
        self[navigator].press("The case is about this person")

    def clear(self, navigator: str, domains: Mapping[str, str]) -> None:
        """Release each file as what it belongs to, and every question."""
        page = self.at(navigator, "facts/").page
        for name, domain in domains.items():
            row = self.row(navigator, name)
            row.get_by_label("It tells of").select_option(domain)
            row.get_by_role("button", name="Release").click()
            page.wait_for_load_state()
        while page.get_by_role("button", name="Release the question").count():
            self[navigator].press("Release the question")

    def row(self, who: str, name: str) -> Locator:
        return self[who].page.locator("#main li", has=self[who].page.get_by_role("link", name=name, exact=True))

    def words_of(self, navigator: str, value: str) -> str:
        """The words that a fact's link leads to, as the document's page marks them."""
        page = self.at(navigator, "facts/").page
        page.get_by_role("link", name=value).first.click()
        return page.locator("mark:has(span:target)").inner_text()

    def understood(self, navigator: str) -> None:
        self.at(navigator, "facts/")
        self[navigator].press("The record is understood")

    # route

    def refer(self, navigator: str, reviewer: str, discipline: str, why: str) -> None:
        page = self.at(navigator, "experts/").page
        page.locator("#main select[name=reviewer]").select_option(str(self.people[reviewer].key))
        page.get_by_label("Reads as").select_option(discipline)
        page.get_by_label("Why this one").fill(why)
        self[navigator].press("Send the blinded packet")

    # review

    def accept(self, reviewer: str) -> Visit:
        self[reviewer].go("/cases/")
        self[reviewer].press("See the blinded packet")
        self[reviewer].press("Yes, I will read it")
        assert not self[reviewer].page.get_by_role("heading", name="The first interpretation").count()
        return self[reviewer]

    def write(
        self, reviewer: str, values: Mapping[str, str], *, options: Sequence[Mapping[str, str]] = (),
        answers: Mapping[str, str] | None = None, comment: str = "",
    ) -> None:  # fmt: skip
        """Fill the structured opinion and seal it, after which the first interpretation must be there."""
        page = self.at(reviewer, "review/").page
        for name, value in values.items():
            self._fill(reviewer, name, value)
        for number, option in enumerate(options):
            for name, value in option.items():
                self._fill(reviewer, f"option_{number}_{name}", value)
            page.locator(f"[name=option_{number}_recommended]").check()
        for question, answer in (answers or {}).items():
            page.get_by_label(question).fill(answer)
        page.get_by_label("In your own words").fill(comment)
        self[reviewer].press("Seal and sign")
        page.get_by_role("heading", name="The first interpretation").wait_for()

    def _fill(self, reviewer: str, name: str, value: str) -> None:
        found = self[reviewer].page.locator(f"[name={name}]")
        self._unfold(found)
        if found.evaluate("field => field.tagName") == "SELECT":
            found.select_option(value)
        else:
            found.fill(value)

    def _unfold(self, found: Locator) -> None:
        """Open the group that a field stands in, as a reader would."""
        for summary in found.locator("xpath=ancestor::details[not(@open)]/summary").all():
            summary.click()

    def keep(self, reviewer: str, reason: str) -> None:
        self[reviewer].page.get_by_label("Why does it stay, or change?").fill(reason)
        self[reviewer].press("Keep my sealed opinion")
        assert "Your review is complete" in self[reviewer].text()

    # compare

    def compare(self, navigator: str) -> str:
        self.at(navigator, "compare/")
        self[navigator].press("Compare the opinions")
        return self[navigator].text()

    def stand_by(self, reviewer: str, reason: str) -> None:
        """The opinions differ: the reviewer looks again and keeps the signed opinion."""
        self.at(reviewer, "review/").page.get_by_label("Why does it stay, or change?").fill(reason)
        self[reviewer].press("Keep my signed opinion")

    def write_down(self, navigator: str, physician: str, decision: str, reason: str) -> None:
        """What the first physician, who has no account, told the navigator."""
        page = self.at(navigator, "look-again/").page
        page.get_by_label("Whose answer is it?").fill(physician)
        page.get_by_label("The reason").fill(reason)
        self[navigator].press(decision)
        assert reason in self[navigator].text()

    def settle(self, navigator: str) -> None:
        self.at(navigator, "look-again/")
        self[navigator].press("Compare again")

    def ask_board(self, navigator: str, question: str) -> None:
        self.at(navigator, "look-again/").page.get_by_label("The question for the board").fill(question)
        self[navigator].press("Ask the board")

    def decide(self, chair: str, choice: str, reason: str, minutes: str) -> None:
        page = self.at(chair, "board/").page
        page.get_by_label("Your vote").select_option(choice)
        page.get_by_label("Reason").fill(reason)
        self[chair].press("Vote")
        page.get_by_label("Minutes").fill(minutes)
        self[chair].press("Close with these minutes")
        assert minutes in self[chair].text()

    # report

    def report(self, navigator: str, signer: str) -> None:
        self.at(navigator, "report/")
        self[navigator].press("Draft the report")
        self.at(signer, "report/")
        self[signer].press("Read the draft, then sign")
        assert "DRAFT, not signed" in self[signer].text()
        self[signer].press("Sign the report")

    def read_report(self, who: str) -> str:
        """The signed report as this person reads it; both editions must come as PDF."""
        self.at(who, "report/")
        self[who].press("Read the report")
        for link in self[who].page.locator("#main a[href$='.pdf']").all():
            href = link.get_attribute("href") or ""
            answer = self[who].page.request.get(self[who].address + href)
            assert answer.ok and answer.body().startswith(b"%PDF-"), href
        return self[who].text()

    # learn

    def outcome(self, patient: str, *outcomes: str) -> None:
        page = self.at(patient, "outcome/").page
        for outcome in outcomes:
            page.get_by_label(outcome).check()
        self[patient].press("Send")
        assert "You told us on" in self[patient].text()
