"""The answer of a device, as a form: what is no such answer is a wrong one, whatever it is made of.

The library lets pieces that are missing or of another kind through to where they break.
"""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms

_BROKEN = (AttributeError, IndexError, KeyError, TypeError, ValueError)


class _Answer:
    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except _BROKEN as fault:
            raise get_adapter().validation_error("incorrect_code") from fault


class Login(_Answer, forms.LoginWebAuthnForm):
    pass


class SecondStep(_Answer, forms.AuthenticateWebAuthnForm):
    pass


class Confirm(_Answer, forms.ReauthenticateWebAuthnForm):
    pass


class Add(forms.AddWebAuthnForm):
    def clean(self) -> dict[str, Any]:
        try:
            cleaned: dict[str, Any] = super().clean()
        except _BROKEN as fault:
            raise get_adapter().validation_error("incorrect_code") from fault
        return cleaned
