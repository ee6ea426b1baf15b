"""A synthesised chest: a CT whose nodule has a known volume, made from shapes and chance."""

from .chest import Body, Nodule, body, nodule_cover, scan
from .grid import Grid
from .study import Scan, files

__all__ = ["Body", "Grid", "Nodule", "Scan", "body", "files", "nodule_cover", "scan"]
