"""Django's settings. What differs between machines comes from the environment through `conf`."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from praxigen.web.conf import read_configuration

CONFIGURATION = read_configuration()
KEYRING = CONFIGURATION.keys
SECRET_KEY = KEYRING.current.derive("django").hex()
SECRET_KEY_FALLBACKS = [key.derive("django").hex() for key in KEYRING.keys[1:]]

DEBUG = False
ALLOWED_HOSTS = list(CONFIGURATION.hosts)
CSRF_TRUSTED_ORIGINS = list(CONFIGURATION.origins)
CHECKPOINTS = CONFIGURATION.checkpoints
DEMONSTRATION = CONFIGURATION.demonstration
DEMONSTRATION_TOKEN = CONFIGURATION.demonstration_token
HERE = Path(__file__).parent

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "praxigen.web.audit",
    "praxigen.web.accounts",
    "praxigen.web.cases",
    "praxigen.web.pages",
    "praxigen.web.api",
]

MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",
    "praxigen.web.pages.headers.HeadersMiddleware",
    "praxigen.web.pages.transport.TransportMiddleware",
    "praxigen.web.pages.fetch_site.FetchSiteMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "praxigen.web.accounts.sessions.LifetimeMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "praxigen.web.pages.too_often.TooOftenMiddleware",
]

ROOT_URLCONF = "praxigen.web.urls"
WSGI_APPLICATION = "praxigen.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "pages" / "templates"],  # before allauth's own
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "praxigen.web.pages.context.workspace",
            ],
            "string_if_invalid": "",
        },
    }
]

DATABASES = {"default": CONFIGURATION.database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# One cache for all workers: rate limits and the guard against a code used twice must see each other.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared_cache"}}

AUTH_USER_MODEL = "accounts.Member"
AUTHENTICATION_BACKENDS = ["praxigen.web.accounts.backend.MemberBackend"]
PASSWORD_HASHERS = ["praxigen.web.accounts.hashing.TurnstileArgon2Hasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "praxigen.web.accounts.passwords.FoundInBreachesValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
     "OPTIONS": {"user_attributes": ("email", "name")}},
    {"NAME": "praxigen.web.accounts.passwords.WordsOfTheContextValidator"},
]  # fmt: skip
LOGIN_URL = "/account/login/"
LOGIN_REDIRECT_URL = "/practice/"
MFA_SETUP_URL = "/account/2fa/"

ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_ADAPTER = "praxigen.web.accounts.adapter.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"  # nothing is mailed: an owner hands an invitation over
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_SESSION_REMEMBER = False  # nobody stays signed in
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/300s/key", "reauthenticate": "10/m/user"}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if CONFIGURATION.proxied else 0
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
MFA_ADAPTER = "praxigen.web.accounts.adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "add_webauthn": "praxigen.web.accounts.passkeys.AddForm",
    "login_webauthn": "praxigen.web.accounts.passkeys.SignInForm",
    "authenticate_webauthn": "praxigen.web.accounts.passkeys.SecondFactorForm",
    "reauthenticate_webauthn": "praxigen.web.accounts.passkeys.ConfirmForm",
}
MFA_TOTP_ISSUER = "praxigen"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses are an owner's word: nothing is mailed
MFA_RECOVERY_CODES_SHOW_ONCE = True
USERSESSIONS_TRACK_ACTIVITY = False  # LifetimeMiddleware does, and not at every request

SESSION_ENGINE = "praxigen.web.accounts.session_store"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_NAME = "__Host-session"
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = int(timedelta(minutes=15).total_seconds())  # idle
SESSION_LIFETIME = timedelta(hours=12)  # absolute, kept by LifetimeMiddleware
SESSION_SAVE_EVERY_REQUEST = False  # LifetimeMiddleware writes down when a person acts
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True  # forms and the page carry the token; no script reads the cookie
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "praxigen.web.pages.errors.csrf_failure"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"  # "no-referrer" makes browsers send our own forms with the origin "null"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if CONFIGURATION.proxied:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds())
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # the square with the key of a second factor
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}

# A file of 25 MB and what stands around it. Larger ones are refused before they are read.
DATA_UPLOAD_MAX_MEMORY_SIZE = 30 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["praxigen.web.pages.uploads.InMemoryHandler"]  # never a temporary file with patient words
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 20

STATIC_URL = "/static/"
STATIC_ROOT = CONFIGURATION.data / "static"
STATICFILES_DIRS = [("report", HERE.parent / "exports" / "page")]  # the style that reports and workspace share
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
PUBLIC_SITE = CONFIGURATION.data / "public"  # `praxigen site build`, made by `praxigen serve`
WHITENOISE_ROOT = PUBLIC_SITE
WHITENOISE_INDEX_FILE = True
# Named by the hash of what they hold, so a browser may keep them.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/(static|assets)/.+\.[0-9a-f]{12}\.[a-z0-9]+$"
WHITENOISE_ALLOW_ALL_ORIGINS = False

LANGUAGE_CODE = "en-us"
USE_I18N = False
TIME_ZONE = CONFIGURATION.time_zone  # of the days and times that people see; what is stored is in UTC
USE_TZ = True
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "praxigen.web.pages.logs.LineFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "praxigen": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "gunicorn.error": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "gunicorn.access": {"handlers": [], "propagate": False},
    },
}
WEBHOOK_HOSTS = CONFIGURATION.webhook_hosts  # none: nothing is ever told
SCANNER = CONFIGURATION.scanner  # none: files are not looked at for malware
API_REQUESTS_A_MINUTE = 300  # of one key
PAGES_A_MINUTE = CONFIGURATION.pages_a_minute  # of one member; ten times as many of a practice
COSTLY_A_MINUTE = CONFIGURATION.costly_a_minute  # uploads, checks, documents that are made: likewise
SILENCED_SYSTEM_CHECKS: list[str] = []
