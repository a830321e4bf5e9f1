"""A one-time link from an administrator: somebody sets a password with it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import PasswordResetConfirmView
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext as _

from veerkracht.register.log.record import record
from veerkracht.register.people.accounts import end_sessions
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import User
from veerkracht.web.forms.account import NewPasswordForm


class Link(PasswordResetConfirmView):
    """The secret leaves the address at once, for the session; what is used, old or made up looks the same."""

    template_name = "web/sign_in_link.html"
    form_class = NewPasswordForm
    success_url = reverse_lazy("sign-in")

    def get_user(self, uidb64: str) -> User | None:
        user: User | None = super().get_user(uidb64)
        return user if user and user.is_active else None

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        record(
            Actor.for_command("sign-in", self.user),
            "change",
            self.user,
            detail={"what": "password", "by": "link"},
        )
        end_sessions(self.user)
        messages.success(self.request, _("Your password is set. Sign in with it."))
        return response

    def render_to_response(self, context: dict[str, Any], **how: Any) -> HttpResponse:
        status = 422 if context["form"] and context["form"].errors else 200 if context["validlink"] else 404
        return super().render_to_response(context, status=status, **how)


set_password = Link.as_view()
