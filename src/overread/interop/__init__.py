"""Outside formats to and from the record. Knows no Django."""
