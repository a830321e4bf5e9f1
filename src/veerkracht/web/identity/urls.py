"""The addresses of signing in and of one's own account.

Of django-allauth's own addresses none is included: each page stands here by itself, under the name by which allauth
leads to it, with our template. What isn't here doesn't exist.
"""

from django.urls import path

from veerkracht.web.views import account, account_second, sign_in, sign_in_link, sign_in_provider

urlpatterns = [
    path("sign-in/", sign_in.page, name="sign-in"),
    path("sign-in/", sign_in.page, name="account_login"),
    path("sign-in/demo/", sign_in.as_demo, name="sign-in-demo"),
    path("sign-in/code/", sign_in.by_code, name="sign-in-code"),
    path("sign-in/passkey/", sign_in.by_passkey, name="mfa_login_webauthn"),
    path("sign-in/provider/", sign_in_provider.leave, name="sign-in-provider"),
    path("sign-in/no-access/", sign_in_provider.no_access, name="sign-in-no-access"),
    path("sign-in/failed/", sign_in_provider.failed, name="sign-in-failed"),
    path("sign-in/second/", sign_in.second_step, name="mfa_authenticate"),
    path("sign-in/link/<str:uidb64>/<str:token>/", sign_in_link.set_password, name="sign-in-link"),
    path("sign-out/", sign_in.out, name="sign-out"),
    path("account/", account.page, name="account"),
    path("account/", account.page, name="mfa_index"),
    path("account/password/", account.password, name="account-password"),
    path("account/second-factor/", account.second_factor, name="second-factor"),
    path("account/app/", account_second.app, name="mfa_activate_totp"),
    path("account/app/remove/", account_second.app_away, name="mfa_deactivate_totp"),
    path("account/recovery-codes/", account_second.codes, name="mfa_view_recovery_codes"),
    path("account/recovery-codes/new/", account_second.new_codes, name="mfa_generate_recovery_codes"),
    path("account/passkeys/new/", account_second.new_passkey, name="mfa_add_webauthn"),
    path("account/passkeys/<int:pk>/remove/", account_second.passkey_away, name="mfa_remove_webauthn"),
    path("account/confirm/", account_second.by_password, name="account_reauthenticate"),
    path("account/confirm/code/", account_second.by_code, name="mfa_reauthenticate"),
    path("account/confirm/passkey/", account_second.by_passkey, name="mfa_reauthenticate_webauthn"),
    path("account/sessions/end/", account.end_sessions, name="sessions-end"),
    path("account/sessions/<int:id>/end/", account.end_session, name="session-end"),
]
# Registered at the provider, so under no language.
outside_languages = [
    path("sign-in/<slug:provider_id>/back/", sign_in_provider.back, name="openid_connect_callback"),
]
