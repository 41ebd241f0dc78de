"""Which of the two languages a page speaks, and its words: Chinese first, English second."""

from __future__ import annotations

import gettext
import io
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

LOCALES = Path(__file__).parents[1] / "locale"
DOMAIN = "messages"
COOKIE = "language"
YEAR_SECONDS = 365 * 24 * 3600
SHANGHAI = ZoneInfo("Asia/Shanghai")
"""Days and hours are those of the office (648-1(1): calendar days)."""
router = APIRouter(include_in_schema=False)


class Language(StrEnum):
    """The languages, the first one first."""

    ZH = "zh-CN"
    EN = "en"

    @property
    def locale(self) -> Locale:
        """Babel's locale."""
        return Locale.parse("zh_Hans_CN" if self is Language.ZH else "en_GB")


def catalogue_path(language: Language) -> Path:
    """Return where a language's words stand."""
    return LOCALES / language.value.replace("-", "_") / "LC_MESSAGES" / f"{DOMAIN}.po"


@lru_cache(maxsize=len(Language))
def translations(language: Language) -> gettext.NullTranslations:
    """Return the words of a language; the message itself is the English one."""
    if language is Language.EN:
        return gettext.NullTranslations()
    compiled = io.BytesIO()
    with catalogue_path(language).open("rb") as source:
        write_mo(compiled, read_po(source, language.locale))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def language_of(request: Request) -> Language:
    """Return what the visitor chose, else what the browser asks for first, else Chinese."""
    chosen = request.cookies.get(COOKIE)
    if chosen in tuple(Language):
        return Language(chosen)
    return asked_for(request.headers.get("accept-language", ""))


def asked_for(accepted: str) -> Language:
    """Return the language of an Accept-Language header that we speak and that stands first.

    >>> [asked_for(header).value for header in ("en-GB,en;q=0.9,zh;q=0.8", "ru, en", "zh-TW,en", "*", "")]
    ['en', 'en', 'zh-CN', 'zh-CN', 'zh-CN']
    """
    for part in accepted.lower().split(","):
        tag = part.partition(";")[0].strip().partition("-")[0]
        if tag in ("zh", "en"):
            return Language.ZH if tag == "zh" else Language.EN
    return Language.ZH


@router.get("/language/{language}")
def choose(language: Language, request: Request, back: str = "/") -> Response:
    """Remember the language and go back to where the visitor was."""
    answer = RedirectResponse(own_path(back), 303)
    secure = request.url.scheme == "https"
    answer.set_cookie(COOKIE, language.value, max_age=YEAR_SECONDS, samesite="lax", httponly=True, secure=secure)
    return answer


def own_path(back: str) -> str:
    """Return a path of this site, whatever was asked for.

    >>> own_path("/cases/1?x=2"), own_path("https://elsewhere/"), own_path("//elsewhere"), own_path("/\\\\elsewhere")
    ('/cases/1?x=2', '/', '/', '/')
    """
    is_own = back.startswith("/") and back[1:2] not in ("/", "\\") and back.isprintable() and "\\" not in back
    return back if is_own else "/"


def shown_time(at: float | datetime | None, language: Language) -> str:
    """Return a moment as people of the office read it, in its own time."""
    if at is None:
        return "—"
    moment = at if isinstance(at, datetime) else datetime.fromtimestamp(at, SHANGHAI)
    return format_datetime(moment.astimezone(SHANGHAI), "yyyy-MM-dd HH:mm", locale=language.locale)


def shown_day(day: date | None, language: Language) -> str:
    """Return a day; the ISO form is read the same way in both languages."""
    return "—" if day is None else format_date(day, "yyyy-MM-dd", locale=language.locale)


def shown_country(code: str | None, language: Language) -> str:
    """Return a country's name with its code.

    >>> shown_country("KZ", Language.EN), shown_country("KZ", Language.ZH), shown_country(None, Language.ZH)
    ('Kazakhstan (KZ)', '哈萨克斯坦 (KZ)', '—')
    """
    if not code:
        return "—"
    name = language.locale.territories.get(code)
    return f"{name} ({code})" if name else code
