"""The case: consent, participation, questions, visibility, and the one table of its life."""
