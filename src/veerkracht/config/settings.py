"""Django's settings, from the environment (what each variable does: docs/)."""

import os

from csp.constants import NONE, SELF

from veerkracht.config import environment, messages
from veerkracht.config import home as places
from veerkracht.config.databases import databases
from veerkracht.config.environment import time_zone as _time_zone
from veerkracht.config.environment import words as _words
from veerkracht.config.environment import yes as _yes

# Signing in has a file of settings of its own.
from veerkracht.config.identity import *  # noqa: F403
from veerkracht.config.logging import log_settings

BASE_DIR = places.PROJECT
HOME = places.home()
# Numba's own choice, beside the source, fails on a read-only install.
os.environ.setdefault("NUMBA_CACHE_DIR", str(places.numba_cache(HOME)))

SECRET_KEY = places.secret_key(HOME)
# Keys that seal national numbers, newest first: from the environment, else from a file in the home.
DATA_KEYS = _words("VEERKRACHT_DATA_KEY", "")
DATA_KEY_FILE = places.data_keys(HOME)
DEBUG = _yes("VEERKRACHT_DEBUG")
ALLOWED_HOSTS = _words("VEERKRACHT_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = _words("VEERKRACHT_ORIGINS", "")

INSTALLED_APPS = [
    "veerkracht.register.log",
    "veerkracht.register.log.in_register",
    "veerkracht.register.people",
    "veerkracht.register.sharing",
    "veerkracht.register.documents",
    "veerkracht.register.supply",
    "veerkracht.register.staff",
    "veerkracht.register.quality",
    "veerkracht.register.assessments",
    "veerkracht.register.money",
    "veerkracht.register.plans",
    "veerkracht.register.care",
    "veerkracht.register.residence",
    "veerkracht.register.lists",
    "veerkracht.register.crisis",
    "veerkracht.register.offers",
    "veerkracht.register.shelter",
    "veerkracht.register.payments",
    "veerkracht.register.results",
    "veerkracht.register.published",
    "veerkracht.register.keeping",
    "veerkracht.register.tokens",
    "veerkracht.api",
    "veerkracht.web",
    "veerkracht.web.identity",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
    "rules",
    "django_htmx",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]
MIDDLEWARE = [
    "veerkracht.web.operations.middleware.Observed",
    # First, so that a file, a fault and a redirect carry the same headers as a page.
    "veerkracht.config.hardening.Headers",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "veerkracht.config.hardening.PlainAddresses",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "veerkracht.web.middleware.OneLookAtTheClock",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "veerkracht.web.identity.sessions.Limits",
    "veerkracht.web.middleware.FaultPages",
]
ROOT_URLCONF = "veerkracht.config.urls"
WSGI_APPLICATION = "veerkracht.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "veerkracht.web.context.page",
            ],
        },
    },
]

DATABASES = databases(
    os.environ.get("VEERKRACHT_DATABASE", ""), os.environ.get("VEERKRACHT_LOG_DATABASE", ""), HOME
)
DATABASE_ROUTERS = ["veerkracht.config.databases.LogRouter"]

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "today"
LOGOUT_REDIRECT_URL = "sign-in"

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [messages.compiled(HOME / "locale")]
FORMAT_MODULE_PATH = ["veerkracht.web.formats"]
USE_TZ = True
TIME_ZONE = _time_zone()

STATIC_URL = "/static/"
# Served straight from the packages: nothing to collect, so nothing to forget.
WHITENOISE_USE_FINDERS = True
# For our own pages: no other site may read them by script.
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_MAX_AGE = 0 if DEBUG else 300

HTTPS = _yes("VEERKRACHT_HTTPS")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
# What watches over the server asks it from beside it, past the proxy that does HTTPS.
SECURE_REDIRECT_EXEMPT = [r"^(health|ready|metrics)/$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
# Whether a domain's other hosts and the browsers' own list follow is for the owner of the domain to say.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

# Only the host that set a cookie gets it back, and only over HTTPS.
if HTTPS:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_SAMESITE = "Lax"
# What a form may hold; an uploaded file has limits of its own.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 10

# Calls a minute of one user in one capacity, on each process of the server.
API_RATE = os.environ.get("VEERKRACHT_API_RATE", "600/min")

# One line for each request only where a program reads them: a person at a terminal wants what went wrong.
LOG_FORM = environment.one_of("VEERKRACHT_LOG", "line", "json")
LOGGING = log_settings(LOG_FORM, requests=LOG_FORM == "json")
# Queries that take longer are written down, without their values.
SLOW_QUERY_MS = environment.number("VEERKRACHT_SLOW_QUERY_MS", 500)
# With less room where the data are, this installation says that it isn't ready.
DISK_LEAST_MB = environment.number("VEERKRACHT_DISK_LEAST_MB", 500)
# Who may read the metrics says `Authorization: Bearer …`; without a token only this machine itself may.
METRICS_TOKEN = environment.text("VEERKRACHT_METRICS_TOKEN")
# Where the processes of one server add up their metrics: read by the library when it is imported.
METRICS_FOLDER = environment.text("PROMETHEUS_MULTIPROC_DIR") or str(places.metrics(HOME))
os.environ["PROMETHEUS_MULTIPROC_DIR"] = METRICS_FOLDER

# Documents in a case: where they lie, which are taken, the largest (bytes), and the command of a virus scanner.
DOCUMENT_FOLDER = HOME / "documents"
DOCUMENT_EXTENSIONS = ("pdf", "png", "jpg", "jpeg", "txt", "csv", "docx", "odt")
DOCUMENT_LARGEST = 10 * 1024 * 1024
DOCUMENT_SCAN = os.environ.get("VEERKRACHT_SCAN", "")
# What is on its way in lies in the home too, never in a folder that the machine's other users share.
FILE_UPLOAD_TEMP_DIR = places.arriving(HOME)
FILE_UPLOAD_HANDLERS = [
    "veerkracht.web.uploads.Limit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
