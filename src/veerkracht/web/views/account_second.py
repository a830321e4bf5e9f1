"""Second factors of one's own account: the app, recovery codes, passkeys; and showing once more who one is."""

from collections.abc import Callable
from typing import Any

from allauth.account.views import ReauthenticateView as ByPassword
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import ReauthenticateView as ByCode
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, ReauthenticateWebAuthnView, RemoveWebAuthnView
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from veerkracht.register.people.actors import Actor
from veerkracht.web.identity import passkeys
from veerkracht.web.views.account import own_account

_HERE = reverse_lazy("account")


class _Faults:
    """A form that is wrong comes back as such."""

    def form_invalid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]
        response.status_code = 422
        return response


class App(_Faults, ActivateTOTPView):
    template_name = "web/account_app.html"


class AppAway(_Faults, DeactivateTOTPView):
    template_name = "web/account_remove.html"
    success_url = _HERE
    extra_context = {"what": "app"}


class NewCodes(_Faults, GenerateRecoveryCodesView):
    template_name = "web/account_codes_new.html"


class Codes(ViewRecoveryCodesView):
    template_name = "web/account_codes.html"


class NewPasskey(_Faults, AddWebAuthnView):
    template_name = "web/account_passkey.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        passkeys.resident(context["js_data"])
        return {**context, "options": passkeys.options(context)}


class PasskeyAway(RemoveWebAuthnView):
    template_name = "web/account_remove.html"
    success_url = _HERE
    extra_context = {"what": "passkey"}

    def form_valid(self, form: Any) -> HttpResponse:
        adapter = get_adapter()
        if not adapter.can_delete_authenticator(self.object):
            messages.error(self.request, adapter.error_messages["cannot_delete_authenticator"])
            return HttpResponseRedirect(reverse("account"))
        return super().form_valid(form)


class ConfirmByPassword(_Faults, ByPassword):
    template_name = "web/account_confirm.html"
    extra_context = {"way": "password"}


class ConfirmByCode(_Faults, ByCode):
    template_name = "web/account_confirm.html"
    extra_context = {"way": "code"}


class ConfirmByPasskey(ReauthenticateWebAuthnView):
    template_name = "web/account_confirm.html"
    extra_context = {"way": "passkey"}

    def form_invalid(self, form: Any) -> HttpResponse:
        messages.error(self.request, _("That passkey is not known here."))
        return HttpResponseRedirect(self.request.get_full_path())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, "options": passkeys.options(context)}


def _own(view: Any) -> Callable[..., HttpResponse]:
    answer = never_cache(view.as_view())

    def shown(request: HttpRequest, actor: Actor, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = answer(request, *args, **kwargs)
        return response

    return own_account(shown)


app, app_away = _own(App), _own(AppAway)
codes, new_codes = _own(Codes), _own(NewCodes)
new_passkey, passkey_away = _own(NewPasskey), _own(PasskeyAway)
by_password, by_code, by_passkey = _own(ConfirmByPassword), _own(ConfirmByCode), _own(ConfirmByPasskey)
