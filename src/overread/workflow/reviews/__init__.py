"""The blinded opinion, its seal, the reveal, the final opinion, and the board that decides between two."""
