"""Slides, blocks and media with their chain of custody; request letters and their clocks."""
