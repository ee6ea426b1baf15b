"""The facts of a case with provenance, whom each is about, corrections, and what Overread can say about them."""
