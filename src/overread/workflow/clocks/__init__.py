"""Until when: the day on which each step of a case is due, and what starts its clock."""
