"""Seals what proves a second factor, so that a copy of the database alone is not enough to show one."""

import base64
import hashlib
import secrets

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


def seal(text: str) -> str:
    return _keys().encrypt(text.encode()).decode()


def open_(sealed: str) -> str:
    """What was sealed with the key of this installation, or with one it had before.

    What can't be opened becomes a secret that nobody knows: no code fits it, whereas an empty one fits a code that
    anybody can compute.
    """
    try:
        return _keys().decrypt(sealed.encode()).decode()
    except InvalidToken:
        return base64.b32encode(secrets.token_bytes(20)).decode()


def _keys() -> MultiFernet:
    return MultiFernet([_key(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str) -> Fernet:
    derived = hashlib.sha256(f"veerkracht second factor {secret}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(derived))
