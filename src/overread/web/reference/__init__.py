"""The clinical reference: every rule and figure of the software, with its source, for everybody."""
