"""The thread of a case, for everybody but blinded eyes."""
