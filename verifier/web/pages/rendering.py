"""Pages made of templates: one environment a language, every value escaped, a policy that allows no inline code."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import msgspec
from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, PackageLoader, StrictUndefined

from verifier.report import Check
from verifier.web.access import rule_of
from verifier.web.auth import Principal
from verifier.web.pages import words
from verifier.web.pages.language import (
    Language,
    language_of,
    shown_country,
    shown_day,
    shown_time,
    translations,
)
from verifier.web.pages.marks import shown_vin
from verifier.web.pages.translating import N_

STATIC = Path(__file__).parents[1] / "static"
HTMX = "vendor/htmx-4.0.1/htmx.min.js"
VIEWER = "vendor/openseadragon-6.1.1/openseadragon.min.js"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
"""No inline script, no inline style, nothing from elsewhere."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Who looks at a page, and how: what every template knows."""

    principal: Principal | None
    language: Language
    path: str
    csrf: str = ""


def render(request: Request, name: str, status: int = 200, **values: object) -> HTMLResponse:
    """Return a page or a part of one. `visit` is put on the request by `pages.visiting`."""
    language = language_of(request)
    template = environment(language).get_template(name)
    text = template.render(visit=visit_of(request), is_part=is_part(request), **values)
    headers = {"Content-Security-Policy": POLICY, "Content-Language": language.value, "Vary": "HX-Request, Cookie"}
    return HTMLResponse(text, status, headers)


def visit_of(request: Request) -> Visit:
    """Return who looks at the page."""
    known: Visit | None = getattr(request.state, "visit", None)
    path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return known or Visit(None, language_of(request), path)


def is_part(request: Request) -> bool:
    """Return whether a page asks for a part of itself."""
    return request.headers.get("hx-request") == "true"


@lru_cache(maxsize=len(Language))
def environment(language: Language) -> Environment:
    """Return the templates in a language."""
    made = Environment(
        loader=PackageLoader("verifier.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]  # i18n's
    gettext = translations(language).gettext
    made.globals.update(
        language=language,
        languages=tuple(Language),
        asset=asset,
        HTMX=HTMX,
        VIEWER=VIEWER,
        message_of=lambda check: message_of(check, language),
        advice_of=lambda check: advice_of(check, language),
        called=lambda table, key: words.called(gettext, table, key),
        dumps=dumps,
        shown_vin=shown_vin,
        navigation=lambda principal: _named(principal, MAIN, gettext),
        administration=lambda principal: _named(principal, ADMINISTRATION, gettext),
        may=may,
        reasons=tuple(words.REASONS),
    )
    made.filters.update(
        time=lambda at: shown_time(at, language),
        day=lambda day: shown_day(day, language),
        country=lambda code: shown_country(code, language),
        percent=lambda share: "—" if share is None else f"{share * 100:.1f} %",
    )
    return made


MAIN = (
    ("/queue", N_("Queue")),
    ("/letters", N_("Letters")),
    ("/applications", N_("Applications")),
    ("/dashboard", N_("Statistics")),
    ("/admin", N_("Administration")),
)
ADMINISTRATION = (
    ("/admin/seals", N_("Seal registry")),
    ("/admin/imports", N_("Records and lists")),
    ("/admin/people", N_("People")),
    ("/admin/audit", N_("Audit")),
    ("/admin/settings", N_("Settings")),
)


def pages_for(principal: Principal, pages: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Return the (address, label) of those pages that somebody may open, in order."""
    return tuple((address, label) for address, label in pages if may(principal, "GET", address))


def may(principal: Principal, method: str, path: str) -> bool:
    """Return whether a role may use a route."""
    rule = rule_of(method, path)
    return rule is not None and (principal.known is None or principal.known.role in rule.roles)


def going_to(request: Request, address: str) -> Response:
    """Return the way to another page, for a form that a script sent as for a plain one."""
    if is_part(request):
        return Response(status_code=200, headers={"HX-Redirect": address})
    return RedirectResponse(address, 303)


def _named(
    principal: Principal, pages: tuple[tuple[str, str], ...], gettext: Callable[[str], str]
) -> list[tuple[str, str]]:
    return [(address, gettext(label)) for address, label in pages_for(principal, pages)]


@lru_cache(maxsize=64)
def asset(name: str) -> str:
    """Return the address of a static file, which changes with its content so that browsers may keep it."""
    if name.startswith("vendor/"):
        return f"/static/{name}"
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]
    return f"/static/{name}?v={digest}"


def message_of(check: Check, language: Language) -> str:
    """Return what a check says."""
    return check.message_zh or check.message if language is Language.ZH else check.message


def advice_of(check: Check, language: Language) -> str:
    """Return what to do about a check; empty where nothing is to be done."""
    return check.advice_zh or check.advice if language is Language.ZH else check.advice


def dumps(value: object) -> str:
    """Return JSON for a data attribute; the template escapes it."""
    return msgspec.json.encode(value).decode()
