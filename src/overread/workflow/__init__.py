"""State, people and proof: Django apps, one room each, never importing upward."""
