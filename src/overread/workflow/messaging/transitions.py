"""A message has one state: written. It is never edited and never removed."""
