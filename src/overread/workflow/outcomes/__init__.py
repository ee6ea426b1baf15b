"""What happened next, the installation's own rates of change, and ratings (which never rank an expert)."""
