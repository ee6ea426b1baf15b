"""Django settings. What an operator may change comes from ``environment``; everything else is decided here."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from . import environment
from .database_url import DatabaseUrl
from .embedded_postgres import EmbeddedPostgres
from .secret_key import kept_secret

VAR = environment.var_directory()
DEMO = environment.DEMO.is_on()
DEBUG = environment.DEBUG.is_on()

# Where people reach us
PUBLIC_ADDRESS = environment.ADDRESS.read().rstrip("/") or "http://127.0.0.1:8000"
_public = urlsplit(PUBLIC_ADDRESS)
_secure = _public.scheme == "https"
ALLOWED_HOSTS = [_public.hostname or "127.0.0.1", "127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [PUBLIC_ADDRESS]
ROOT_URLCONF = "overread.config.urls"
ASGI_APPLICATION = "overread.config.asgi.application"

# Keys
SECRET_KEY = kept_secret(VAR / "secret_key")

# Rooms
WORKFLOW_ROOMS = (
    "audit",
    "accounts",
    "cases",
    "intake",
    "facts",
    "materials",
    "directory",
    "scheduling",
    "messaging",
    "referrals",
    "reviews",
    "reports",
    "outcomes",
)
INSTALLED_APPS = [
    *(f"overread.workflow.{room}" for room in WORKFLOW_ROOMS),
    "overread.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "procrastinate.contrib.django",
]
MIDDLEWARE = [
    "overread.config.content_security.ContentSecurityMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "overread.config.compression.CompressionMiddleware",
    "overread.web.search_engines.SearchEngineMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "overread.web.errors.RefusalMiddleware",
]
CSRF_FAILURE_VIEW = "overread.web.errors.csrf_failure"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "overread.web.context.installation",
            ]
        },
    }
]

# Database: without DATABASE_URL, the embedded one, as the application's own role
DATABASES: dict[str, dict[str, Any]] = {
    "default": (
        DatabaseUrl.parse(environment.DATABASE_URL.read())
        if environment.DATABASE_URL.read()
        else EmbeddedPostgres(VAR / "postgres").application_url()
    ).for_django()
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# People
AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "overread.workflow.accounts.adapter.AccountAdapter"
ACCOUNT_SIGNUP_FORM_CLASS = "overread.web.public.signup.NameForm"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none" if DEMO else "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
MFA_ADAPTER = "overread.workflow.accounts.adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _secure

# Sessions, cookies, headers
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _secure
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 31_536_000 if _secure else 0
SECURE_SSL_REDIRECT = False  # the proxy in front does it; behind it every request would loop
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _secure else None
X_FRAME_OPTIONS = "SAMEORIGIN"
# A path whose pages cannot live under the strict policy adds what it needs here, and only here.
CSP_ADDITIONS_BY_PATH: dict[str, dict[str, tuple[str, ...]]] = {}  # none needs any: docs/adr/0160

# Files
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"  # `collectstatic` fills it for a web server in front; ours serves from the packages
STATIC_ROOT.mkdir(exist_ok=True)
MEDIA_ROOT = VAR / "files"
FILES_ROOT = MEDIA_ROOT / "received"
UPLOAD_LIMIT_BYTES = 4 * 2**30
SIGNING_KEY_FILE = VAR / "keys" / "signing"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(MEDIA_ROOT)}},
    "staticfiles": {"BACKEND": "overread.web.static_files.NamedByContent"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/build/"  # asked for by a digest of the content: docs/adr/0202
FILE_UPLOAD_PERMISSIONS = 0o600

# Mail
_mail_host = environment.EMAIL_HOST.read()
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if _mail_host else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = str(VAR / "mail")
EMAIL_HOST = _mail_host
EMAIL_PORT = int(environment.EMAIL_PORT.read())
EMAIL_HOST_USER = environment.EMAIL_USER.read()
EMAIL_HOST_PASSWORD = environment.EMAIL_PASSWORD.read()
EMAIL_USE_TLS = True
DEFAULT_FROM_EMAIL = environment.EMAIL_FROM.read()

# Time and language
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"overread": {"level": "INFO"}},
}
