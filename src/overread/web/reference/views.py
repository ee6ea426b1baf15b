"""The knowledge files as pages: a list of them, and one page each."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from overread.clinical.knowledge import names
from overread.clinical.knowledge.sheets import FOLDERS, sheet, sheets
from overread.workflow.errors import NotFound


def index(request: HttpRequest) -> HttpResponse:
    """Every knowledge file by subject, with the days it was checked and is due."""
    subjects = [(title, sheets(folder)) for folder, title in FOLDERS.items()]
    files = [one.file for _, found in subjects for one in found]
    days = {"first": min(f.checked for f in files), "last": max(f.checked for f in files)}
    due = min(f.next_review for f in files)
    return render(request, "reference/index.html", {"subjects": subjects, "checked": days, "due": due})


def file(request: HttpRequest, folder: str, name: str) -> HttpResponse:
    """One knowledge file. NotFound for a name that is none."""
    if folder not in FOLDERS or name not in names(folder):
        raise NotFound
    context = {"sheet": sheet(folder, name), "subject": FOLDERS[folder], "here": reverse("reference")}
    return render(request, "reference/file.html", context)
