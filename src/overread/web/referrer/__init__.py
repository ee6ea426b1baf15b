"""What a referring physician does beyond the shared pages."""
