"""The installation with a case at every step, as the security tests use it."""

from tests.security.conftest import installation

__all__ = ["installation"]
