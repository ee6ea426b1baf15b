"""A drawn section of an encapsulated follicular lesion of the thyroid, as a slide scanner would have written it.

Everything is shapes and chance: no picture of tissue went into it. The same section gives the same bytes.
"""

from .section import Section
from .writing import tiff

__all__ = ["Section", "tiff"]
