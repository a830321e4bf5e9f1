"""Settings of signing in, from the environment (docs/signing-in.md says what each variable does)."""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from veerkracht.config import environment

# OWASP's second choice after Argon2id, and the best that Python brings along; the last is read, never written.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
PASSWORD_LENGTH = environment.number("VEERKRACHT_PASSWORD_LENGTH", 12, least=8)
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": PASSWORD_LENGTH},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
# How long a link with which somebody sets a password holds. It works once.
PASSWORD_RESET_TIMEOUT = environment.number("VEERKRACHT_LINK_HOURS", 24, least=1) * 3600

SESSION_HOURS = environment.number("VEERKRACHT_SESSION_HOURS", 8, least=1)
SESSION_IDLE_MINUTES = environment.number("VEERKRACHT_SESSION_IDLE_MINUTES", 30, least=1)
SESSION_COOKIE_AGE = SESSION_HOURS * 3600
SESSION_COOKIE_HTTPONLY = True

# Whether who works here needs a second factor. A demo world never asks for one.
SECOND_FACTOR = environment.one_of("VEERKRACHT_SECOND_FACTOR", "required", "optional")

# What counts attempts must be seen by every process that serves, so it lies in the database; drawings stay in
# the memory of each.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared_cache"},
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "process"},
}
# How many proxies stand before us: whose word on the visitor's address counts.
ALLAUTH_TRUSTED_PROXY_COUNT = environment.number("VEERKRACHT_PROXIES", 0)

ACCOUNT_ADAPTER = "veerkracht.web.identity.adapters.Accounts"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
# No mail server is needed: an administrator hands out links.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
# Failures only (web/identity/attempts.py): per address, per account from one address, and per account from all
# devices that it never signed in on. A device known to an account has a count of its own, so that nobody is
# locked out by somebody else's guesses.
ACCOUNT_RATE_LIMITS = {
    "sign-in-address": "50/10m/key",
    "sign-in-pair": "5/5m/key",
    "sign-in-account": "30/h/key",
    "login_failed": "5/5m/key",
    "reauthenticate": "10/m/user",
}
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}

MFA_ADAPTER = "veerkracht.web.identity.adapters.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "login_webauthn": "veerkracht.web.forms.passkeys.Login",
    "authenticate_webauthn": "veerkracht.web.forms.passkeys.SecondStep",
    "reauthenticate_webauthn": "veerkracht.web.forms.passkeys.Confirm",
    "add_webauthn": "veerkracht.web.forms.passkeys.Add",
}
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Veerkracht"
# One step of 30 seconds either way, for a telephone whose clock is off.
MFA_TOTP_TOLERANCE = 1
# Browsers give a passkey only to https, and to this machine itself.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not environment.yes("VEERKRACHT_HTTPS")

SOCIALACCOUNT_ADAPTER = "veerkracht.web.identity.adapters.ProviderAccounts"
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5


def _origin(url: str) -> list[str]:
    parts = urlsplit(url)
    return [f"{parts.scheme}://{parts.netloc}"] if parts.netloc else []


OIDC_PROVIDER_ID = "oidc"
OIDC_NAME = environment.text("VEERKRACHT_OIDC_NAME", "OpenID Connect")
# Where signing in at the provider leads to: the form of the sign-in page may go there. Empty without a provider.
OIDC_ORIGINS = environment.words("VEERKRACHT_OIDC_ORIGINS") or _origin(
    environment.text("VEERKRACHT_OIDC_URL")
)
OIDC_CLAIM = environment.text("VEERKRACHT_OIDC_CLAIM")
OIDC_SECOND_FACTOR = environment.words("VEERKRACHT_OIDC_SECOND_FACTOR")


def provider_apps() -> list[dict[str, Any]]:
    """The OpenID Connect provider of this installation; none without VEERKRACHT_OIDC_URL.

    Raises `ImproperlyConfigured` without a client, and for an address without TLS that is not on this machine: what
    comes from there is believed because it comes from there.
    """
    url = environment.text("VEERKRACHT_OIDC_URL")
    if not url:
        return []
    client = environment.text("VEERKRACHT_OIDC_CLIENT_ID")
    if not client:
        raise ImproperlyConfigured("VEERKRACHT_OIDC_URL is set and VEERKRACHT_OIDC_CLIENT_ID is not.")
    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
        raise ImproperlyConfigured(f"VEERKRACHT_OIDC_URL is “{url}”. Expected: an address with https.")
    scopes = environment.words("VEERKRACHT_OIDC_SCOPES", "openid,profile,email")
    return [
        {
            "provider_id": OIDC_PROVIDER_ID,
            "name": OIDC_NAME,
            "client_id": client,
            "secret": environment.text("VEERKRACHT_OIDC_SECRET"),
            "settings": {"server_url": url, "scope": scopes},
        }
    ]


SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "provider_class": "veerkracht.web.identity.provider.Provider",
        "OAUTH_PKCE_ENABLED": True,
        "APPS": provider_apps(),
    }
}
