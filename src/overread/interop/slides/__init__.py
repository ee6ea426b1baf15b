"""Whole-slide images: told apart by their content. They cannot be shown yet, and this says so."""

from .recognise import Slide, SlideError, recognise

__all__ = ["Slide", "SlideError", "recognise"]
