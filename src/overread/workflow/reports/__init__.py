"""The comparison of opinions, and the signed reports made from one set of facts."""
