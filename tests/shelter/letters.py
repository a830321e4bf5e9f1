"""A device of a desk in Python: seals a note as the page does, with the public half of the register's letterbox."""

import base64
import json
import os
from datetime import datetime
from typing import Any
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from veerkracht.register.people import letterbox
from veerkracht.register.people.actors import Actor

CALL = {"channel": "phone", "caller": "self", "area": "north", "topics": ["violence"]}
NEED = {"kind": "shelter", "from_area": "north", "adults": 1, "children": [8]}


def seal(text: str) -> str:
    box = ec.EllipticCurvePublicKey.from_encoded_point(
        ec.SECP256R1(), base64.b64decode(letterbox.public_half())
    )
    own, once = ec.generate_private_key(ec.SECP256R1()), os.urandom(12)
    key = HKDF(SHA256(), 32, salt=None, info=b"veerkracht letter").derive(own.exchange(ec.ECDH(), box))
    point = own.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.b64encode(point + once + AESGCM(key).encrypt(once, text.encode(), None)).decode()


def note(by: Actor, at: datetime, **more: Any) -> str:
    """A letter with a note of somebody; `need`, `service`: what was looked for and wished."""
    facts = {
        "key": str(uuid4()),
        "user": by.user_id,
        "at": at.isoformat(),
        "call": CALL,
        "need": None,
        "service": None,
    }
    return seal(json.dumps({**facts, **more}))
