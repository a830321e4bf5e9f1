"""An OpenID Connect provider in a process of its own: `python provider_process.py` prints its address and serves.

It is oidc-provider-mock, and holds clients to PKCE, which that leaves out (RFC 7636). The client "lenient" may do
without, as at a provider that does not know it.
"""

import base64
import hashlib
import os
import sys
from urllib.parse import parse_qs, urlsplit

import flask
import oidc_provider_mock
import werkzeug.serving

os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
LENIENT = "lenient"
challenges: dict[str, str] = {}


def made() -> flask.Flask:
    app: flask.Flask = oidc_provider_mock.app()
    app.before_request(_asks_for_a_challenge)
    app.before_request(_asks_for_the_verifier)
    app.after_request(_keeps_the_challenge)
    return app


def _asks_for_a_challenge() -> tuple[str, int] | None:
    asked = flask.request.args
    if flask.request.path != "/oauth2/authorize" or asked.get("client_id") == LENIENT:
        return None
    right = asked.get("code_challenge") and asked.get("code_challenge_method") == "S256"
    return None if right else ("PKCE is required", 400)


def _asks_for_the_verifier() -> tuple[dict[str, str], int] | None:
    if flask.request.path != "/oauth2/token":
        return None
    expected = challenges.pop(flask.request.form["code"], None)
    verifier = flask.request.form.get("code_verifier", "")
    given = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    return None if expected in (None, given) else ({"error": "invalid_grant"}, 400)


def _keeps_the_challenge(response: flask.Response) -> flask.Response:
    code = parse_qs(urlsplit(response.headers.get("Location", "")).query).get("code")
    challenge = flask.request.args.get("code_challenge")
    if code and challenge:
        challenges[code[0]] = challenge
    return response


if __name__ == "__main__":
    server = werkzeug.serving.make_server("127.0.0.1", 0, made(), threaded=True)
    sys.stdout.write(f"http://127.0.0.1:{server.server_port}\n")
    sys.stdout.flush()
    server.serve_forever()
