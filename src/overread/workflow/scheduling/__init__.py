"""Calls about a case."""
