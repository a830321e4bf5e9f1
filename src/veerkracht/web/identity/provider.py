"""The OpenID Connect provider: authorisation code with PKCE, state and nonce; only ever to sign in."""

import secrets
from typing import Any

from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from veerkracht.web.addresses import next_page

# What is looked at of an answer; nothing else that a provider tells about a person is kept, not even for a moment.
_ID_TOKEN = ("sub", "nonce", "acr", "amr")


class Provider(OpenIDConnectProvider):
    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        """Scope, parameters and purpose are ours to say, never the address's by which somebody comes."""
        nonce = secrets.token_urlsafe(24)
        asked = {**self.get_auth_params(), "nonce": nonce, "ui_locales": get_language()}
        return {
            "process": AuthProcess.LOGIN,
            "next_url": next_page(request, ""),
            "scope": self.get_scope(),
            "auth_params": asked,
            "nonce": nonce,
        }

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        id_token, userinfo = data.get("id_token") or {}, data.get("userinfo") or {}
        claims = ("sub", "email_verified", settings.OIDC_CLAIM)
        return {
            "id_token": {name: id_token.get(name) for name in _ID_TOKEN},
            "userinfo": {name: userinfo.get(name, id_token.get(name)) for name in claims if name},
        }


provider_classes = [Provider]
