"""Who may ask for what: one table of every route. What does not stand in it is refused to everybody."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from verifier.store.people import Role

E, O, S, A, M = Role.EXPORTER, Role.OFFICIAL, Role.SENIOR_OFFICIAL, Role.AUDITOR, Role.ADMIN  # noqa: E741  # a table's heads


@dataclass(frozen=True, slots=True)
class Rule:
    """Which roles may use a route; `scope` is what a program's token needs, None where no token will do."""

    roles: frozenset[Role]
    scope: str | None = "read"
    public: bool = False
    """Whether it is open to whoever does not log in."""


PUBLIC = Rule(frozenset(Role), public=True)
ANYBODY = frozenset(Role)
READERS = frozenset({E, O, S, A})
OFFICE = frozenset({O, S, A})
DECIDERS = frozenset({O, S})


def _page(roles: Collection[Role]) -> Rule:
    """Return the rule of a page: for people with a session, of these roles."""
    return Rule(frozenset(roles), None)


_READ, _LOOK, _KNOW = Rule(READERS), Rule(OFFICE), Rule(OFFICE | {M})
_OWN = Rule(ANYBODY, None)
_DECIDE, _RECORD = Rule(DECIDERS, "decide"), Rule(DECIDERS, "manage")
_REGISTER, _HOOK = Rule(frozenset({S, M}), "manage"), Rule(frozenset({E, S, M}), "manage")
_PEOPLE, _PEOPLE_CHANGE = Rule(frozenset({M})), Rule(frozenset({M}), None)
_CASE = "/v1/cases/{case}"
_DOCUMENT = "/v1/documents/{document}"
_REVIEW = "/review/{document}"

RULES: dict[tuple[str, str], Rule] = {
    ("GET", "/healthz"): PUBLIC,
    ("GET", "/readyz"): PUBLIC,
    ("GET", "/docs"): PUBLIC,
    ("GET", "/metrics"): Rule(frozenset({A, M})),
    # who one is
    ("POST", "/v1/session"): PUBLIC,
    ("GET", "/v1/session"): Rule(ANYBODY),
    ("DELETE", "/v1/session"): _OWN,
    ("GET", "/v1/session/oidc"): PUBLIC,
    ("GET", "/v1/session/oidc/callback"): PUBLIC,
    ("POST", "/v1/invitations"): PUBLIC,
    ("PUT", "/v1/password"): _OWN,
    ("GET", "/v1/tokens"): _OWN,
    ("POST", "/v1/tokens"): _OWN,
    ("DELETE", "/v1/tokens/{token}"): _OWN,
    # people
    ("GET", "/v1/organisations"): _PEOPLE,
    ("POST", "/v1/organisations"): _PEOPLE_CHANGE,
    ("GET", "/v1/people"): _PEOPLE,
    ("POST", "/v1/people"): _PEOPLE_CHANGE,
    ("PATCH", "/v1/people/{person}"): _PEOPLE_CHANGE,
    ("POST", "/v1/people/{person}/invitations"): _PEOPLE_CHANGE,
    # documents
    ("POST", "/v1/documents"): Rule(frozenset({E, O, S}), "upload"),
    ("GET", "/v1/documents"): _READ,
    ("GET", _DOCUMENT): _READ,
    ("GET", _DOCUMENT + "/report"): _READ,
    ("GET", _DOCUMENT + "/judgements"): _READ,
    ("POST", _DOCUMENT + "/judgements"): _DECIDE,
    ("DELETE", _DOCUMENT): Rule(frozenset({S}), "manage"),
    ("GET", _DOCUMENT + "/pages/{page}"): _READ,
    ("GET", _DOCUMENT + "/pages/{page}/crop"): _READ,
    ("GET", _DOCUMENT + "/seals/{index}"): _READ,
    ("GET", _DOCUMENT + "/decisions"): _READ,
    ("GET", _DOCUMENT + "/corrections"): _LOOK,
    ("POST", _DOCUMENT + "/corrections"): _DECIDE,
    ("DELETE", _DOCUMENT + "/corrections/{correction}"): _DECIDE,
    ("GET", "/v1/batches/{batch}"): _READ,
    ("GET", "/v1/events"): _READ,
    # cases
    ("GET", "/v1/cases"): _LOOK,
    ("POST", "/v1/queue"): _DECIDE,
    ("GET", _CASE): _LOOK,
    ("PUT", _CASE + "/lease"): _DECIDE,
    ("DELETE", _CASE + "/lease"): _DECIDE,
    ("POST", _CASE + "/decisions"): _DECIDE,
    ("POST", _CASE + "/second"): Rule(frozenset({S}), "decide"),
    ("POST", _CASE + "/undo"): _DECIDE,
    ("GET", _CASE + "/history"): _LOOK,
    ("GET", "/v1/control"): Rule(frozenset({S, A})),
    # what the office knows
    ("GET", "/v1/applications"): _READ,
    ("GET", "/v1/applications/{application}"): _READ,
    ("PUT", "/v1/applications/{application}/records"): _RECORD,
    ("GET", "/v1/records"): _LOOK,
    ("POST", "/v1/records"): _RECORD,
    ("GET", "/v1/seals"): _KNOW,
    ("GET", "/v1/seals/{sha256}/picture"): _KNOW,
    ("POST", "/v1/seals"): _REGISTER,
    ("PUT", "/v1/seals/{sha256}/status"): _REGISTER,
    ("GET", "/v1/seals/{sha256}/layout"): _KNOW,
    ("PUT", "/v1/seals/{sha256}/layout"): _REGISTER,
    ("GET", "/v1/lists"): _KNOW,
    ("PUT", "/v1/lists/{name}"): _REGISTER,
    # who is told, what was done
    ("POST", "/v1/webhooks"): _HOOK,
    ("GET", "/v1/webhooks"): _HOOK,
    ("DELETE", "/v1/webhooks/{webhook}"): _HOOK,
    ("GET", "/v1/webhooks/{webhook}/deliveries"): _HOOK,
    ("GET", "/v1/audit"): Rule(frozenset({A})),
    ("GET", "/v1/audit/verification"): Rule(frozenset({A})),
    ("POST", "/v1/audit/checkpoints"): Rule(frozenset({A, M}), "manage"),
    # pages: a session's, never a token's
    ("GET", "/"): _OWN,
    ("GET", "/login"): PUBLIC,
    ("POST", "/login"): PUBLIC,
    ("GET", "/invitation"): PUBLIC,
    ("POST", "/invitation"): PUBLIC,
    ("GET", "/language/{language}"): PUBLIC,
    ("POST", "/logout"): _OWN,
    ("GET", "/account"): _OWN,
    ("POST", "/account/tokens"): _OWN,
    ("POST", "/account/tokens/{token}/revocation"): _OWN,
    ("GET", "/letters"): _page(READERS),
    ("GET", "/letters/{document}"): _page(READERS),
    ("GET", "/letters/{document}/row"): _page(READERS),
    ("GET", "/letters/{document}/result.pdf"): _page(READERS),
    ("GET", "/applications"): _page(READERS),
    ("GET", "/applications/{application:path}"): _page(READERS),
    ("GET", "/queue"): _page(OFFICE),
    ("POST", "/queue/next"): _page(DECIDERS),
    ("GET", _REVIEW): _page(OFFICE),
    ("GET", _REVIEW + "/print/{page}.webp"): _page(OFFICE),
    ("GET", _REVIEW + "/seals"): _page(OFFICE),
    ("GET", _REVIEW + "/seals/{part}/{index}/{what}.webp"): _page(OFFICE),
    ("GET", _REVIEW + "/history"): _page(OFFICE),
    ("POST", _REVIEW + "/hold"): _page(DECIDERS),
    ("POST", _REVIEW + "/release"): _page(DECIDERS),
    ("POST", _REVIEW + "/decisions"): _page(DECIDERS),
    ("POST", _REVIEW + "/second"): _page({S}),
    ("POST", _REVIEW + "/undo"): _page(DECIDERS),
    ("GET", _REVIEW + "/correction"): _page(DECIDERS),
    ("POST", _REVIEW + "/corrections"): _page(DECIDERS),
    ("POST", _REVIEW + "/corrections/{correction}/withdrawal"): _page(DECIDERS),
    ("POST", _REVIEW + "/seals/{part}/{index}/registration"): _page({S}),
    ("GET", "/dashboard"): _page(OFFICE),
    ("GET", "/dashboard.csv"): _page(OFFICE),
    ("GET", "/dashboard.xlsx"): _page(OFFICE),
    ("GET", "/admin"): _page(OFFICE | {M}),
    ("GET", "/admin/seals"): _page(OFFICE | {M}),
    ("GET", "/admin/seals/{sha256}/thumbnail"): _page(OFFICE | {M}),
    ("POST", "/admin/seals"): _page({S, M}),
    ("POST", "/admin/seals/{sha256}"): _page({S, M}),
    ("GET", "/admin/seals/{sha256}/layout"): _page(OFFICE | {M}),
    ("GET", "/admin/seals/{sha256}/layout.webp"): _page(OFFICE | {M}),
    ("POST", "/admin/seals/{sha256}/layout"): _page({S, M}),
    ("POST", "/admin/seals/{sha256}/layout/withdrawal"): _page({S, M}),
    ("GET", "/admin/imports"): _page(DECIDERS | {M}),
    ("POST", "/admin/imports"): _page(DECIDERS | {M}),
    ("GET", "/admin/people"): _page({M}),
    ("POST", "/admin/people"): _page({M}),
    ("POST", "/admin/people/organisations"): _page({M}),
    ("POST", "/admin/people/{member}"): _page({M}),
    ("POST", "/admin/people/{member}/invitations"): _page({M}),
    ("GET", "/admin/audit"): _page({A}),
    ("GET", "/admin/settings"): _page({A, M}),
}
"""Every route of the application by method and path; a test holds it to be complete."""


def rule_of(method: str, path: str) -> Rule | None:
    """Return the rule of a route, None where it has none."""
    return RULES.get(("GET" if method == "HEAD" else method, path))
