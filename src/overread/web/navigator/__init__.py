"""What the navigator does: understand, route, compare, draft the report."""
