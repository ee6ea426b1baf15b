"""Symptoms and what studies found among people who had them: a page for everybody, with nothing stored."""
