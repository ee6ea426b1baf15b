"""Generators of the demo installation: invented people, cases and publications, made without fetching anything.

    for line in demo.load():
        print(line)

Everything is seeded: the same day gives the same reports and images. Loading again makes only what is missing.
"""

from __future__ import annotations

from .loading import load

__all__ = ["load"]
