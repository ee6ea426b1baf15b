"""Pages of a case that several roles share."""
