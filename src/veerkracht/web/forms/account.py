"""A new password, asked by name of field as the browser's own password keeper knows it."""

from django.conf import settings
from django.contrib.auth.forms import PasswordChangeForm, SetPasswordForm
from django.utils.translation import gettext_lazy as _

from veerkracht.web.identity import attempts


class NewPasswordForm(SetPasswordForm):
    """Twice, so that a slip of the finger locks nobody out; the rules stand beside it."""

    def __init__(self, *args: object, **kwargs: object):
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].label = _("New password")
        self.fields["new_password2"].label = _("The same once more")
        self.fields["new_password1"].help_text = _(
            "At least %(least)d characters. Longer is better: a few words that only you put together."
        ) % {"least": settings.PASSWORD_LENGTH}
        self.fields["new_password2"].help_text = ""


class ChangePasswordForm(NewPasswordForm, PasswordChangeForm):
    """Asks the present password too, under the same limits as signing in."""

    field_order = ("old_password", "new_password1", "new_password2")

    def __init__(self, request: object, *args: object, **kwargs: object):
        self.request = request
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = _("Present password")
        self.fields["old_password"].widget.attrs.pop("autofocus", None)

    def clean_old_password(self) -> str:
        def right() -> str | None:
            given: str = self.cleaned_data["old_password"]
            return given if self.user.check_password(given) else None

        try:
            found = attempts.guarded(self.request, self.user.username, right)  # type: ignore[arg-type]
        except attempts.TooMany as refusal:
            self.add_error("old_password", str(refusal))
            return ""
        if found is None:
            self.add_error("old_password", _("This password is not right."))
        return found or ""
