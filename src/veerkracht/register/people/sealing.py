"""Seals what may not be read by who only has the database: authenticated encryption, and a keyed hash to find it by.

The keys lie outside the database: in VEERKRACHT_DATA_KEY, or in a file in the home that is made once. The first key
seals, every key opens: so a key is replaced without a moment at which something can't be read.
"""

import hashlib
import hmac
from collections.abc import Iterable
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from veerkracht.rulebook.errors import Fault


def seal(text: str) -> str:
    """The text, readable with the keys only. Twice the same text is sealed differently."""
    return _box().encrypt(text.encode()).decode()


def opened(sealed: str) -> str:
    """The text that was sealed. Raises `Fault` when its key is not there, or somebody changed it."""
    return opened_all([sealed])[0]


def opened_all(sealed: Iterable[str]) -> list[str]:
    """As `opened`, of many: the keys are read once. Raises `Fault` when one was sealed with a key that is not there."""
    box = _box()
    try:
        return [box.decrypt(one.encode()).decode() for one in sealed]
    except InvalidToken:
        raise Fault(
            "What is sealed can't be opened: its key is not among VEERKRACHT_DATA_KEY or in the home's file of keys."
        ) from None


def mark(text: str, purpose: str) -> str:
    """By which a sealed text is found: the same for the same text, and of no use without the key."""
    return _mark(keys()[0], text, purpose)


def marks(text: str, purpose: str) -> list[str]:
    """The mark of a text by every key, for what was sealed before the last change of keys."""
    return [_mark(key, text, purpose) for key in keys()]


def is_by_newest(sealed: str) -> bool:
    """Whether the newest key alone opens it."""
    try:
        Fernet(keys()[0]).decrypt(sealed.encode())
    except InvalidToken:
        return False
    return True


def keys() -> list[str]:
    """The keys in use, newest first; read each time, so that a running process knows a new key at once."""
    given: list[str] = list(settings.DATA_KEYS)
    return given or Path(settings.DATA_KEY_FILE).read_text().split()


def new_key() -> str:
    return Fernet.generate_key().decode()


def _box() -> MultiFernet:
    try:
        return MultiFernet([Fernet(key) for key in keys()])
    except ValueError as error:
        raise Fault(
            "A data key must be 32 bytes in URL-safe base64: `veerkracht keys new` makes one."
        ) from error


def _mark(key: str, text: str, purpose: str) -> str:
    # A key of its own for each purpose: the mark of one thing says nothing of the mark of another.
    derived = HKDF(SHA256(), length=32, salt=None, info=f"veerkracht {purpose}".encode()).derive(key.encode())
    return hmac.new(derived, text.encode(), hashlib.sha256).hexdigest()
