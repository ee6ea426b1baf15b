"""Report text to coded facts with the words they stand on, or nothing. Facts come only from words."""

from .person import subject
from .ranking import classes
from .readability import shortcomings
from .reading import read

__all__ = ["classes", "read", "shortcomings", "subject"]
