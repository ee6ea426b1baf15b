"""What a payer reads."""
