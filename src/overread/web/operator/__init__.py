"""The installation and its own rates."""
