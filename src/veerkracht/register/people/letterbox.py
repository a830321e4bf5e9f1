"""A letterbox: whoever has its public half can put something in that only this register can take out.

For what must wait on a device that others use: it is sealed there with a key that is no secret, and not even the device
can read it again. By the standard parts: ECDH on the curve P-256, HKDF with SHA-256, AES-256 in GCM. The private half
follows from a data key (`sealing`), so there is nothing more to keep, and an older key still opens.
"""

import base64
import binascii

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from veerkracht.register.people.sealing import keys
from veerkracht.rulebook.errors import Fault

_CURVE = ec.SECP256R1()
# How many numbers the curve has: a private key is one from 1 up to it.
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_PRIVATE, _LETTER = b"veerkracht letterbox", b"veerkracht letter"
_POINT, _NONCE = 65, 12


def public_half() -> str:
    """With what a letter is closed: an uncompressed point of the curve, in base64."""
    point = _private(keys()[0]).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.b64encode(point).decode()


def opened(letter: str) -> str:
    """What is in a letter: a point, twelve bytes that are used once, and what is sealed, in base64.

    Raises `Fault` for what is no letter to this register, or was changed.
    """
    try:
        data = base64.b64decode(letter, validate=True)
        point, nonce, sealed = data[:_POINT], data[_POINT : _POINT + _NONCE], data[_POINT + _NONCE :]
        sender = ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, point)
    except (binascii.Error, ValueError):
        raise Fault(_NO_LETTER) from None
    for key in keys():
        shared = _private(key).exchange(ec.ECDH(), sender)
        try:
            return AESGCM(_derived(shared, _LETTER, 32)).decrypt(nonce, sealed, None).decode()
        except InvalidTag:
            continue
    raise Fault(_NO_LETTER)


_NO_LETTER = "This is no letter to this register, or it was changed on the way."


def _private(key: str) -> ec.EllipticCurvePrivateKey:
    # Longer than the order of the curve, so that no number is likelier than another (FIPS 186-5, A.2.1).
    drawn = int.from_bytes(_derived(key.encode(), _PRIVATE, 40), "big")
    return ec.derive_private_key(drawn % (_ORDER - 1) + 1, _CURVE)


def _derived(secret: bytes, purpose: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length=length, salt=None, info=purpose).derive(secret)
