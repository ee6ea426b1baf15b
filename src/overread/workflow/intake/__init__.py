"""Files received: quarantined, checked, hashed; then part of the case, or refused with a reason."""
