"""A row of the trail has one state: written."""
