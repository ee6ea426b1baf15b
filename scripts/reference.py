"""Writes the reference pages that are made from code: the life of a case, roles, blinding, routes, and the index of decisions.

    python scripts/reference.py

A test fails when the committed pages are not those that this writes.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "overread.config.settings")
django.setup()

from django.urls import URLPattern, URLResolver, get_resolver  # noqa: E402

from overread.clinical.record import Domain, Nature  # noqa: E402
from overread.web.routing import METHODS, POLICIES  # noqa: E402
from overread.workflow.accounts.roles import ROLES, Permission, Role  # noqa: E402
from overread.workflow.cases.transitions import TURN, diagram  # noqa: E402
from overread.workflow.cases.visibility import HIDDEN_FROM, Item, ItemKind, Seat, may_see  # noqa: E402

ROOT = Path(__file__).resolve().parents[1]
MADE_BY = "Made by `python scripts/reference.py`; change `{source}`."
YES, NO = "●", ""


def pages() -> dict[str, str]:
    """Path in the repository to text."""
    made = {
        "docs/reference/README.md": index(),
        "docs/reference/case_states.md": case_states(),
        "docs/reference/roles.md": roles(),
        "docs/reference/blinding.md": blinding(),
        "docs/reference/routes.md": routes(),
        "docs/adr/README.md": decisions(),
    }
    return {path: "\n".join(lines) + "\n" for path, lines in made.items()}


def head(title: str, source: str) -> Iterator[str]:
    yield from (f"# {title}", "", MADE_BY.format(source=source), "")


def table(columns: list[str], rows: list[list[str]]) -> Iterator[str]:
    for row in (columns, ["---"] * len(columns), *rows):
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"


def index() -> Iterator[str]:
    yield from head("Reference", "scripts/reference.py")
    yield "Made from the code; tests fail when a page is stale."
    yield ""
    yield "- [Life of a case](case_states.md): states, moves, whose turn it is"
    yield "- [Roles](roles.md): who may do what in a case"
    yield "- [Blinding](blinding.md): what each discipline sees before its opinion is sealed"
    yield "- [Routes](routes.md): every address with its policy"
    yield "- [Settings](settings.md): what an operator may set"
    yield "- [Clinical reference](clinical/index.md): every rule and figure with its source"


def case_states() -> Iterator[str]:
    yield from head("The life of a case", "src/overread/workflow/cases/transitions.py")
    yield from ("```mermaid", diagram(), "```", "")
    turns = [[str(state), ROLES[role].label if role else "", asked] for state, (role, asked) in TURN.items()]
    yield from table(["State", "Whose turn", "What they are asked to do"], turns)


def roles() -> Iterator[str]:
    yield from head("Roles", "src/overread/workflow/accounts/roles.py")
    yield "A role counts in the cases its holder takes part in. `workflow/*/permissions.py` may ask for more, such as being the one"
    yield "whose opinion it is."
    yield ""
    for spec in ROLES.values():
        yield f"- **{spec.label}**: {spec.description}"
    yield ""
    rows = [[str(p), *(YES if p in ROLES[role].permissions else NO for role in Role)] for p in Permission]
    yield from table(["May …", *(ROLES[role].label for role in Role)], rows)


def blinding() -> Iterator[str]:
    yield from head("Blinding", "src/overread/workflow/cases/visibility.py")
    yield f"What a reviewer sees before sealing the opinion ({YES}: seen). Afterwards, everything. Documents and questions only once a"
    yield "navigator has read and cleared them; pixels and slides always; the names of others who take part only afterwards."
    yield ""
    rows = []
    for domain, nature in product(Domain, Nature):
        items = [Item(kind, domain, nature, cleared=True) for kind in (ItemKind.FACT, ItemKind.DOCUMENT)]
        seats = [Seat(Role.REVIEWER, hidden) for hidden in HIDDEN_FROM.values()]
        rows.append([str(domain), str(nature), *(YES if may_see(s, i) else NO for s in seats for i in items)])
    yield from table(
        ["Domain", "Nature", *(f"{d}: {what}" for d in HIDDEN_FROM for what in ("fact", "document"))], rows
    )


def routes() -> Iterator[str]:
    yield from head("Routes", "src/overread/web/urls.py, src/overread/web/api/operations.py")
    yield "Every address has one policy; one without does not start. A foreign case and a missing one answer alike."
    yield "Sign-in, sign-up and second factors are django-allauth's, below `/accounts/`."
    yield ""
    places = dict(addresses(get_resolver()))
    rows = [[f"`/{places[n]}`", ", ".join(METHODS[n]), f"`{n}`", p.words] for n, p in POLICIES.items() if n in places]
    yield from table(["Address", "Methods", "Name", "Who"], sorted(rows))


def addresses(resolver: URLResolver, before: str = "", space: str = "") -> Iterator[tuple[str, str]]:
    """Name and address of every route below."""
    for found in resolver.url_patterns:
        here = before + str(found.pattern)
        if isinstance(found, URLPattern):
            yield f"{space}{found.name}", here
        else:
            yield from addresses(found, here, f"{space}{found.namespace}:" if found.namespace else space)


def decisions() -> Iterator[str]:
    yield from head("Decisions", "docs/adr/")
    yield "One page a decision, with what was rejected. To change one, write a new page that says which it replaces."
    yield ""
    for path in sorted((ROOT / "docs" / "adr").glob("[0-9]*.md")):
        number, _, title = path.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ").partition(" ")
        yield f"- [{number.rstrip(':')}]({path.name}) {title}"


if __name__ == "__main__":
    for path, text in pages().items():
        (ROOT / path).write_text(text, encoding="utf-8")
        print(path)
