"""The tumor board: vote and minutes."""
