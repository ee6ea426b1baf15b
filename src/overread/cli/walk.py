"""``overread walk``: one case from files through every step of the story, with what each step found in a folder."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryFile

import click

EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.option("--patient-bundle", type=EXISTING, help="FHIR bundle of the patient the case is about.")
@click.option(
    "--report", "reports", type=EXISTING, multiple=True, help="Report: PDF, scan, photograph or text. Repeat."
)
@click.option("--dicom", type=click.Path(exists=True, path_type=Path), help="Folder (or file) of DICOM images.")
@click.option("--pubmed", type=EXISTING, help="PubMed XML (.xml, .xml.gz) to rank experts from.")
@click.option(
    "--trials", type=EXISTING, multiple=True, help="ClinicalTrials.gov record (.json, .xml, also .gz). Repeat."
)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder for the results.")
def walk(
    patient_bundle: Path | None,
    reports: tuple[Path, ...],
    dicom: Path | None,
    pubmed: Path | None,
    trials: tuple[Path, ...],
    out: Path,
) -> None:
    """Walk one case from files through all eight steps. Nobody signs here, so every report says DRAFT."""
    from overread.config.database import running_database
    from overread.config.database_roles import DatabaseNotUsable
    from overread.config.database_url import BadDatabaseUrl
    from overread.config.embedded_postgres import PostgresNotStarted

    from .progress import Progress

    told = Progress()
    try:
        _ready(out)
        told.say("Starting the database.")
        with running_database():
            from .walking import Inputs, walk_through

            walk_through(Inputs(patient_bundle, reports, dicom, pubmed, trials), out, told)
    except (BadDatabaseUrl, DatabaseNotUsable, PostgresNotStarted) as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"{error.filename or out}: {error.strerror}") from error


def _ready(folder: Path) -> None:
    """The folder is there and takes files: better to know before the work than after it. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryFile(dir=folder):
        pass
