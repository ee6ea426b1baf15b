"""What the patient's side does: open a case, consent, add records, ask, write requests, tell the outcome."""
