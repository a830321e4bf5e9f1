"""Whom a provider's answer is about: a user whom an administrator made known, or nobody."""

from dataclasses import dataclass

from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.conf import settings

from veerkracht.register.people.models import User


@dataclass(frozen=True)
class Answer:
    """`is_ours`: it answers the question that this very browser was sent out with. `claim`: what a first sign-in is
    matched by, "" when the provider doesn't vouch for it.
    """

    is_ours: bool
    claim: str
    has_second_factor: bool

    @classmethod
    def of(cls, login: SocialLogin) -> "Answer":
        """Reads what was told, and forgets it: only the subject stays with the account."""
        told = login.account.extra_data
        id_token, userinfo = told["id_token"], told["userinfo"]
        login.account.extra_data = {}
        if login.account.pk:
            login.account.save(update_fields=["extra_data"])
        asked = login.state.get("nonce")
        named = {id_token["sub"], userinfo["sub"], login.account.uid}
        return cls(
            is_ours=bool(asked) and id_token["nonce"] == asked and len(named) == 1,
            claim=_claim(userinfo),
            has_second_factor=bool(
                {id_token["acr"], *(id_token["amr"] or [])} & set(settings.OIDC_SECOND_FACTOR)
            ),
        )


def user_of(answer: Answer, login: SocialLogin) -> User | None:
    """The user with this subject at the provider; at a first sign-in the one active user with the claim that the
    administrator chose, if nobody signed in as them by the provider before.
    """
    if not answer.is_ours:
        return None
    if login.is_existing:
        return login.user if login.user.is_active else None
    if not answer.claim:
        return None
    field = "email__iexact" if settings.OIDC_CLAIM == "email" else "username"
    taken = SocialAccount.objects.filter(provider=login.account.provider).values("user")
    found = list(User.objects.filter(is_active=True, **{field: answer.claim}).exclude(pk__in=taken)[:2])
    return found[0] if len(found) == 1 else None


def _claim(told: dict[str, object]) -> str:
    given = told.get(settings.OIDC_CLAIM)
    if not isinstance(given, str) or (settings.OIDC_CLAIM == "email" and told["email_verified"] is not True):
        return ""
    return given.strip()
