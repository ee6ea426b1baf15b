"""The append-only trail: who did what to which case, when. Rows are chained and never change."""
