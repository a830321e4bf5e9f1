"""The codes that an authenticator app shows (RFC 6238), reckoned apart from what is tested."""

import base64
import hmac
import struct
import time


def code(secret: str, steps: int = 0) -> str:
    """The six digits of now, or of so many steps of 30 seconds later."""
    counter = struct.pack(">Q", int(time.time()) // 30 + steps)
    digest = hmac.new(base64.b32decode(secret), counter, "sha1").digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"
