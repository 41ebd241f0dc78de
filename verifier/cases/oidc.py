"""Use-case: logging in at an identity provider (OpenID Connect, code flow with PKCE), by Authlib and joserfc."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

import httpx
from authlib.common.errors import AuthlibBaseError
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from verifier.cases.people import digest_of
from verifier.cases.sessions import LoginError, Session, begin
from verifier.errors import NotFoundError, RequestError
from verifier.settings import Oidc
from verifier.store import logins, people
from verifier.store.clock import now
from verifier.store.database import Database

LOGIN_SECONDS = 600.0
"""How long somebody may be at the provider."""
TIMEOUT_SECONDS = 10.0
LEEWAY_SECONDS = 60
"""By which the provider's clock may differ."""
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA"]
"""Signatures only: never `none`, never a secret shared with the provider."""
SCOPE = "openid email profile"


class ProviderError(RequestError):
    """The identity provider does not answer, or not as it should."""

    code = "identity_provider"
    cause = "the identity provider could not be asked"
    cause_zh = "无法连接身份提供方"
    advice = "try again, or log in with a password"
    advice_zh = "请重试，或使用密码登录"
    http_status = 503
    retryable = True


@dataclass(frozen=True, slots=True)
class Departure:
    """Where somebody is sent, and what the browser must bring back."""

    url: str
    state: str


def depart(database: Database, provider: Oidc | None, redirect_uri: str) -> Departure:
    """Return where to log in; raises NotFoundError where no provider is set, ProviderError."""
    provider = _known(provider)
    endpoint = str(_metadata(provider)["authorization_endpoint"])
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    with _client(provider, redirect_uri) as client:
        url, _ = client.create_authorization_url(endpoint, state=state, nonce=nonce, code_verifier=verifier)
    with database.transaction() as connection:
        logins.put_oidc_login(connection, digest_of(state), nonce, verifier, now(connection) + LOGIN_SECONDS)
    return Departure(url, state)


def arrive(database: Database, provider: Oidc | None, redirect_uri: str, code: str, state: str) -> Session:
    """Return the session of whom the provider vouches for; raises LoginError, ProviderError, NotFoundError.

    People are known by `issuer|subject`; one whose login is the provider's verified e-mail address becomes known
    by it with the first login.
    """
    provider = _known(provider)
    with database.transaction() as connection:
        taken = logins.take_oidc_login(connection, digest_of(state), now(connection))
    if taken is None:
        raise LoginError
    nonce, verifier = taken
    claims = _claims(provider, redirect_uri, code, nonce, verifier)
    subject = f"{provider.issuer}|{claims['sub']}"
    with database.transaction() as connection:
        person = people.find_subject(connection, subject)
        if person is None and claims.get("email_verified") is True:
            found = people.find_login(connection, str(claims.get("email", "")).strip().lower())
            if found and not people.has_subject(connection, found[0].id):
                person = found[0]
                people.change_person(connection, person.id, subject=subject)
        if person is None or not person.active:
            raise LoginError
        return begin(connection, person)


def _known(provider: Oidc | None) -> Oidc:
    if provider is None:
        raise NotFoundError("an identity provider")
    return provider


def _client(provider: Oidc, redirect_uri: str) -> Any:
    from authlib.integrations.httpx_client import OAuth2Client  # only where somebody logs in so: it takes long to load

    return OAuth2Client(
        provider.client_id, provider.client_secret, scope=SCOPE, redirect_uri=redirect_uri,
        code_challenge_method="S256", timeout=TIMEOUT_SECONDS,
    )  # fmt: skip


def _metadata(provider: Oidc) -> dict[str, Any]:
    found = _fetched(f"{provider.issuer}/.well-known/openid-configuration")
    named = all(isinstance(found.get(key), str) for key in ("authorization_endpoint", "token_endpoint", "jwks_uri"))
    if str(found.get("issuer", "")).rstrip("/") != provider.issuer or not named:
        raise ProviderError("it describes itself otherwise")
    return found


def _fetched(url: str) -> dict[str, Any]:
    try:
        answer = httpx.get(url, timeout=TIMEOUT_SECONDS)
        answer.raise_for_status()
        found = answer.json()
    except (httpx.HTTPError, ValueError) as error:
        raise ProviderError(type(error).__name__) from error
    if not isinstance(found, dict):
        raise ProviderError("no JSON object")
    return found


def _claims(provider: Oidc, redirect_uri: str, code: str, nonce: str, verifier: str) -> dict[str, Any]:
    """Return what the provider says of the person, its signature, issuer, audience, age and nonce checked."""
    metadata = _metadata(provider)
    try:
        with _client(provider, redirect_uri) as client:
            token = client.fetch_token(metadata["token_endpoint"], code=code, code_verifier=verifier)
        keys = KeySet.import_key_set(_fetched(metadata["jwks_uri"]))  # type: ignore[arg-type]  # as the provider sends it
        decoded = jwt.decode(str(token["id_token"]), keys, algorithms=ALGORITHMS)
        jwt.JWTClaimsRegistry(
            leeway=LEEWAY_SECONDS,
            iss={"essential": True, "value": metadata["issuer"]},
            aud={"essential": True, "value": provider.client_id},
            exp={"essential": True},
            sub={"essential": True},
            nonce={"essential": True, "value": nonce},
        ).validate(decoded.claims)
    except (AuthlibBaseError, JoseError, KeyError, ValueError) as error:
        raise LoginError from error
    except httpx.HTTPError as error:
        raise ProviderError(type(error).__name__) from error
    return decoded.claims
