"""Where django-allauth asks us: who may come in, where they go next, and what is said. No page of its own is used."""

from typing import Any, NoReturn

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from veerkracht.register.people.models import User
from veerkracht.web.identity import attempts, entering, provider_users, sealing, sessions

# What allauth would say from templates of its own, in our words; what is not here goes unsaid.
_SAID = {
    "mfa/messages/totp_activated.txt": _("The app is your second factor from now on."),
    "mfa/messages/totp_deactivated.txt": _("The app is no longer your second factor."),
    "mfa/messages/webauthn_added.txt": _("The passkey was added."),
    "mfa/messages/webauthn_removed.txt": _("The passkey was removed."),
}


class Accounts(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": _("Too many attempts. Wait a few minutes and try again."),
        "incorrect_password": _("This password is not right."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """Only a page of this very address; the other hosts we answer to are another place."""
        return url_has_allowed_host_and_scheme(
            url, {self.request.get_host()}, require_https=self.request.is_secure()
        )

    def reauthenticate(self, user: User, password: str) -> bool:
        """Under the same limits as signing in."""
        try:
            return bool(
                attempts.guarded(self.request, user.username, lambda: user.check_password(password) or None)
            )
        except attempts.TooMany as refusal:
            raise ValidationError(str(refusal)) from refusal

    def is_reauthentication_required(self, *, app: str, **_: Any) -> bool:
        return not sessions.is_fresh(self.request)

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """Not reached by a password: there a closed account is as wrong as an unknown one."""
        return entering.turned_away(request)

    def post_login(self, request: HttpRequest, user: User, **hook: Any) -> HttpResponse:
        super().post_login(request, user, **hook)
        return entering.entered(request, user, hook.get("redirect_url") or "")

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        said = message or _SAID.get(message_template or "")
        if said:
            messages.add_message(request, level, said, extra_tags=extra_tags)


class SecondFactors(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right."),
        "cannot_delete_authenticator": _(
            "You need a second factor for your work. Add another one before you remove this one."
        ),
    }

    def encrypt(self, text: str) -> str:
        return sealing.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return sealing.open_(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Who works here keeps one second factor."""
        user: User = authenticator.user
        if not sessions.second_factor_is_asked() or not user.memberships.exists():
            return True
        others = Authenticator.objects.filter(user=user).exclude(pk=authenticator.pk)
        return others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        """What a passkey is called to which nobody gave a name."""
        held = Authenticator.objects.filter(user=user, type=type).count()
        return gettext("Passkey %(number)d") % {"number": held + 1}

    def _get_site_name(self) -> str:
        return settings.MFA_TOTP_ISSUER


class ProviderAccounts(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Nobody comes in whom an administrator did not make known here."""
        answer = provider_users.Answer.of(sociallogin)
        user = provider_users.user_of(answer, sociallogin)
        if user is None:
            entering.refused(request, sessions.PROVIDER)
            raise ImmediateHttpResponse(entering.turned_away(request))
        if not sociallogin.is_existing:
            sociallogin.connect(request, user)
        sessions.coming_by(request, sessions.PROVIDER, second_factor=answer.has_second_factor)

    def on_authentication_error(self, request: HttpRequest, provider: Any, **_: Any) -> NoReturn:
        entering.refused(request, sessions.PROVIDER)
        raise ImmediateHttpResponse(entering.provider_failed(request))

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """No mail server is needed here."""
