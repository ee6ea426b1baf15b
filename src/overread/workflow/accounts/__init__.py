"""People, their roles and organisations, invitations, and notices that carry no health information."""
