"""What the reviewing physician does: answer a referral, read blinded, seal, keep or change, sign."""
