"""What an operator may set from outside. Every variable is listed here once and documented in docs/reference/settings.md."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True, slots=True)
class Variable:
    """One environment variable: its name, what it is when unset, and what it does."""

    name: str
    default: str
    meaning: str

    def read(self) -> str:
        """Its value now. Set but empty counts as unset."""
        return os.environ.get(self.name, "").strip() or self.default

    def is_on(self) -> bool:
        """Whether a yes/no variable says yes."""
        return self.read().lower() in {"1", "true", "yes", "on"}


DATABASE_URL = Variable(
    "DATABASE_URL",
    "",
    "PostgreSQL to use in place of the embedded one: `postgresql://user:password@host:5432/name`.",
)
DATABASE_OWNER_URL = Variable(
    "DATABASE_OWNER_URL",
    "",
    "The same database as the role that owns its tables, for migrations only. Unset: `DATABASE_URL` names the owner, "
    "and Overread makes the application's own role if that owner may create roles.",
)
VAR = Variable(
    "OVERREAD_VAR",
    "",
    "Directory of everything an installation keeps (database, files, keys). Unset: `var/` in the checkout.",
)
ADDRESS = Variable(
    "OVERREAD_ADDRESS",
    "",
    "The address people use, such as `https://opinions.example.org`. With https, cookies are secure and HSTS is sent. "
    "Unset: the local address that `make run` prints.",
)
DEMO = Variable("OVERREAD_DEMO", "0", "1 loads demo cases and demo sign-ins. `make run` sets 1.")
DEBUG = Variable("OVERREAD_DEBUG", "0", "1 shows errors in the browser. Never where real people are.")
EMAIL_HOST = Variable(
    "OVERREAD_EMAIL_HOST", "", "Mail server. Unset: mail is written to files in `mail/` under the var directory."
)
EMAIL_PORT = Variable("OVERREAD_EMAIL_PORT", "587", "Its port; STARTTLS is used.")
EMAIL_USER = Variable("OVERREAD_EMAIL_USER", "", "User at the mail server.")
EMAIL_PASSWORD = Variable("OVERREAD_EMAIL_PASSWORD", "", "Password at the mail server.")
EMAIL_FROM = Variable("OVERREAD_EMAIL_FROM", "overread@localhost", "Sender of notices.")

VARIABLES = (
    DATABASE_URL,
    DATABASE_OWNER_URL,
    VAR,
    ADDRESS,
    DEMO,
    DEBUG,
    EMAIL_HOST,
    EMAIL_PORT,
    EMAIL_USER,
    EMAIL_PASSWORD,
    EMAIL_FROM,
)


def var_directory() -> Path:
    """The var directory, made on first use and closed to other users of the machine."""
    chosen = VAR.read()
    path = Path(chosen).expanduser().resolve() if chosen else _default_var()
    if not path.is_dir():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.mkdir(mode=0o700, exist_ok=True)
    return path


def _default_var() -> Path:
    return (CHECKOUT if (CHECKOUT / "pyproject.toml").is_file() else Path.cwd()) / "var"


def reference_page() -> str:
    """docs/reference/settings.md, made from the list above."""
    head = (
        "# Settings\n\nEnvironment variables, all optional. Made by `overread settings`; change "
        "`src/overread/config/environment.py`.\n\n| Variable | Unset | Meaning |\n|---|---|---|\n"
    )
    rows = (f"| `{v.name}` | {f'`{v.default}`' if v.default else ''} | {v.meaning} |\n" for v in VARIABLES)
    return head + "".join(rows)
