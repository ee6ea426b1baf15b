"""Which specialties must be heard, whom was asked, the packet they get, and opinions obtained outside."""
