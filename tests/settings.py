"""The settings under test: the real ones, over a var directory that is thrown away."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

_var = tempfile.mkdtemp(prefix="overread-test-")
atexit.register(shutil.rmtree, _var, ignore_errors=True)
os.environ["OVERREAD_VAR"] = _var
os.environ["OVERREAD_DEMO"] = "0"
for _name in ("DATABASE_URL", "DATABASE_OWNER_URL", "OVERREAD_ADDRESS", "OVERREAD_DEBUG", "OVERREAD_EMAIL_HOST"):
    os.environ.pop(_name, None)

from overread.config.settings import *  # noqa: E402, F403

SECRET_KEY = "only for tests"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ALLOWED_HOSTS = ["*"]
# Argon2 at its smallest: the same code path, without seconds of it in every sign-in.
PASSWORD_HASHERS = ["tests.quick_hasher.QuickArgon2"]
