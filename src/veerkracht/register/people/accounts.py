"""Local accounts: made, closed and helped back in by whoever runs this installation. A role is not an account."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from veerkracht.register.errors import Invalid, Refused
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import LANGUAGES, User
from veerkracht.rulebook.types import Text


def find(username: str) -> User | None:
    return User.objects.filter(username=username).first()


def named(username: str) -> User:
    """Raises `Refused` naming the user that there is not."""
    user = find(username)
    if user is None:
        raise Refused(Text(nl=f"Er is geen gebruiker “{username}”.", en=f"There is no user “{username}”."))
    return user


def make(username: str, *, by: Actor, name: str, email: str = "", language: str = "nl") -> User:
    """A new account without a role and without a password: a link (`link_of`) or the provider opens it.

    `email`: by which the provider's answer may be matched at the first sign-in. Raises `Invalid`.
    """
    given, _, family = name.strip().partition(" ")
    user = User(username=username, first_name=given, last_name=family, email=email, language=language)
    user.set_unusable_password()
    _check(user)
    with transaction.atomic():
        user.save()
        record(by, "create", user, detail={"username": username})
    return user


def _check(user: User) -> None:
    if User.objects.filter(username__iexact=user.username).exists():
        raise Invalid(_named_text("bestaat al", "exists already", user.username), "username")
    if user.email and User.objects.filter(email__iexact=user.email).exists():
        raise Invalid(_named_text("hoort al bij een ander", "belongs to another", user.email), "email")
    try:
        User.username_validator(user.username)
    except ValidationError as fault:
        letters = Text(
            nl="Een gebruikersnaam bestaat uit letters, cijfers en @ . + - _",
            en="A user name is made of letters, digits and @ . + - _",
        )
        raise Invalid(letters, "username") from fault
    try:
        if user.email:
            validate_email(user.email)
    except ValidationError as fault:
        raise Invalid(
            _named_text("is geen e-mailadres", "is no e-mail address", user.email), "email"
        ) from fault
    if user.language not in dict(LANGUAGES):
        raise Invalid(_named_text("is geen taal hier", "is no language here", user.language), "language")


def _named_text(nl: str, en: str, what: str) -> Text:
    return Text(nl=f"“{what}” {nl}.", en=f"“{what}” {en}.")


def link_of(user: User, *, by: Actor) -> tuple[str, str]:
    """The two parts of a link with which a user sets a password, once: it ends when it is used, at the next sign-in,
    or after some hours (`PASSWORD_RESET_TIMEOUT`). It takes no second factor away.

    Raises `Refused` for a closed account.
    """
    if not user.is_active:
        raise Refused(_named_text("is gesloten", "is closed", user.username))
    record(by, "create", "password link", detail={"user": user.pk})
    return urlsafe_base64_encode(force_bytes(user.pk)), default_token_generator.make_token(user)


def close(user: User, *, by: Actor) -> None:
    """Nobody signs in with it any more, and who was in is out at the next click. Roles and history stay."""
    _set_active(user, False, by)
    end_sessions(user)


def reopen(user: User, *, by: Actor) -> None:
    _set_active(user, True, by)


def _set_active(user: User, is_active: bool, by: Actor) -> None:
    user.is_active = is_active
    with transaction.atomic():
        user.save(update_fields=["is_active"])
        record(by, "change", user, detail={"what": "reopened" if is_active else "closed"})


def forget_second_factors(user: User, *, by: Actor) -> int:
    """For who lost telephone and codes: they set a new second factor at the next sign-in. Gives how many went."""
    with transaction.atomic():
        gone = Authenticator.objects.filter(user=user).delete()[1].get("mfa.Authenticator", 0)
        record(by, "change", user, detail={"what": "second factors forgotten", "how many": gone})
    end_sessions(user)
    return gone


def link_to_provider(user: User, subject: str, *, by: Actor) -> None:
    """From now on the provider's subject signs in as this user. Raises `Invalid` when it is another's."""
    provider = settings.OIDC_PROVIDER_ID
    if SocialAccount.objects.filter(provider=provider, uid=subject).exclude(user=user).exists():
        raise Invalid(_named_text("hoort al bij een ander", "belongs to another", subject), "subject")
    with transaction.atomic():
        SocialAccount.objects.update_or_create(
            user=user, provider=provider, defaults={"uid": subject, "extra_data": {}}
        )
        record(by, "change", user, detail={"what": "provider"})


def sessions_of(user: User) -> list[UserSession]:
    """A user's sessions that still run, last begun first."""

    def began(session: UserSession) -> datetime:
        return session.created_at

    return sorted(UserSession.objects.purge_and_list(user), key=began, reverse=True)


def end_session(user: User, id: int) -> None:
    """Raises `Refused` when there is none, or it is somebody else's."""
    found = UserSession.objects.filter(user=user, pk=id).first()
    if found is None:
        raise Refused()
    found.end()


def end_sessions(user: User, but: str | None = None) -> None:
    """Sign a user out on every device, but in the session with this key."""
    for session in UserSession.objects.filter(user=user).exclude(session_key=but or ""):
        session.end()


def forget_ended_sessions() -> int:
    """Nothing is left of a session that ended, nor of from where and with what it was. Gives how many went."""
    SessionStore.clear_expired()
    running = Session.objects.values("session_key")
    return UserSession.objects.exclude(session_key__in=running).delete()[0]


def every() -> list[User]:
    """All accounts of who works here, by name; people who only read their own requests are left out."""
    found = User.objects.filter(person=None).prefetch_related("authenticator_set", "socialaccount_set")
    return list(found.order_by("username"))
