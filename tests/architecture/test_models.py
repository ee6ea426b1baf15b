"""Every model's fields are classified for privacy, and the migrations say what the models say."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import Model

from overread.workflow.privacy import Privacy
from tests.architecture.sources import modules, name_of

MODELS = [
    model for config in apps.get_app_configs() if config.name.startswith("overread.") for model in config.get_models()
]
MIGRATIONS = [path for path in modules("workflow") if path.parent.name == "migrations"]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_field_says_how_private_it_is(model: type[Model]) -> None:
    classified: dict[str, Privacy] = getattr(model, "PRIVACY", {})
    fields = {field.name for field in (*model._meta.fields, *model._meta.local_many_to_many)}
    assert set(classified) == fields
    assert all(isinstance(value, Privacy) for value in classified.values())


@pytest.mark.django_db
def test_migrations_are_complete() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.parametrize("path", MIGRATIONS, ids=name_of)
def test_no_extension_of_the_database_is_needed(path: Path) -> None:
    """The embedded PostgreSQL has none, and neither may a managed one."""
    text = path.read_text().lower()
    assert "create extension" not in text
    assert "django.contrib.postgres.operations" not in text
