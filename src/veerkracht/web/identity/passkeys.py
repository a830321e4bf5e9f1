"""Passkeys and apps of a user, and what a page hands to the browser to ask for one."""

import json
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.serializers.json import DjangoJSONEncoder

from veerkracht.register.people.models import User


@dataclass(frozen=True)
class SecondFactors:
    """What a user can show beside a password. `codes_left`: recovery codes that were not used yet."""

    app: Authenticator | None
    passkeys: list[Authenticator]
    codes_left: int

    @property
    def has_any(self) -> bool:
        return bool(self.app or self.passkeys)


def of(user: User) -> SecondFactors:
    held = list(Authenticator.objects.filter(user=user).order_by("id"))
    by_type = {one.type: one for one in held}
    codes = by_type.get(Authenticator.Type.RECOVERY_CODES)
    return SecondFactors(
        app=by_type.get(Authenticator.Type.TOTP),
        passkeys=[one for one in held if one.type == Authenticator.Type.WEBAUTHN],
        codes_left=len(codes.wrap().get_unused_codes()) if codes else 0,
    )


def has_any(user: User) -> bool:
    return bool(of(user).passkeys)


def options(context: dict[str, Any]) -> str:
    """What the browser asks the device, as an attribute of a form holds it."""
    return json.dumps(context.get("js_data", {}), cls=DjangoJSONEncoder)


def resident(options: dict[str, Any]) -> dict[str, Any]:
    """Asked so that the passkey alone signs in: kept on the device, and opened by finger, face or PIN."""
    asked = options["creation_options"]["publicKey"]
    asked["authenticatorSelection"] = {
        **asked.get("authenticatorSelection", {}),
        "residentKey": "required",
        "requireResidentKey": True,
        "userVerification": "required",
    }
    return options
