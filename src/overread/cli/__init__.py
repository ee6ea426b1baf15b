"""The clinical library and the operator's jobs from a terminal: one command, one file."""

from .main import main

__all__ = ["main"]
