"""Pure clinical decisions: no Django, no network, no clock, no files read at call time."""
