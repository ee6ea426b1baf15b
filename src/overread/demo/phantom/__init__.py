"""A synthesised chest: a CT whose nodule has a known volume, made from shapes and chance."""

from .chest import Nodule, chest, nodule_cover
from .grid import Grid
from .study import Scan, files

__all__ = ["Grid", "Nodule", "Scan", "chest", "files", "nodule_cover"]
