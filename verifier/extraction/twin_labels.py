"""Labels said in two languages: with a stroke between, in brackets, one right behind the other."""

from __future__ import annotations

import re
import unicodedata

from verifier.extraction.labels import Labels
from verifier.formats.chinese import has_chinese
from verifier.formats.gazetteer import Mention

_AFTER = re.compile(
    r"\s*(?:[(（][^()（）:：]{1,24}[)）])?(?:\s*(?:[Nn]\.?[º°o]\.?|№|#)(?=\s*[:：]))?(?:\s*(?:No\.?\s*)?(?:\d{1,2}|[一二三四五六七八九十A-D])(?=\s*(?:[:：=]|$)))?"
    r"(?:(?P<words>(?:\s*[/／|](?:(?!\d{3})[^:：/／|\u4e00-\u9fff]){1,40}){1,3})(?=[:：]|$)"
    r"|\s*[/／|]\s*(?:Ref\.?\s*)?(?:No\.?|N[°º]\.?|№|Nr\.?)(?=\s*[A-Z\u4e00-\u9fff\d])"
    r"|(?<=[\u4e00-\u9fff])\s*(?P<twin>[^\W\d_][^:：/／|，,。；;\d\u4e00-\u9fff]{1,30})(?=[:：])"
    r"|(?<=[^\W\d_]\s)(?P<more>[a-zà-ÿа-яё][^\W\d_]{3,20}(?:\s+[a-zà-ÿа-яё][^\W\d_]{3,20})?)(?=\s*[:：]))?"
    r"\s*(?P<mark>[:：;；=〕】\]]|[”」』][，,]?\s*(?:系?指|即)|为|是|——?|is\b)?\s*"
)
"""What may follow a label: a bracket, its number ("网点1："), the same label in another language before the colon,
behind a stroke or, where the label is Chinese, right behind it; what defines it (“目的国”，指X);
words in small letters that the one of a name goes on with: Станция техобслуживания:."""
_TWIN_WORDS = re.compile(r"[A-ZÀ-ÝА-Я][\w'’.°-]*(?:\s+(?:[a-zà-ÿа-я]|d['’])[\w'’.-]*)*\s*$")
"""A label in another language that a bracket with a known one follows: Date d'immatriculation（注册日期）."""
_TWIN_BEFORE = re.compile(r"\s*[^\W\d_\u4e00-\u9fff][^:：\d\u4e00-\u9fff]{1,40}[/／|]\s*")
"""A label in another language before a stroke and a known one: Matriculación / 注册日期."""
_FOREIGN_BEFORE = re.compile(r"\s*[^\W\d_\u4e00-\u9fff][^:：\d\u4e00-\u9fff]{1,40}")
_BRACKET_BEHIND = re.compile(r"\s*[(（][\u4e00-\u9fff]{1,8}[)）]\s*$")
"""What a Chinese label at the end of a cell may have behind it: 转让登记日期（待出口）."""
_SMALL_WORDS = re.compile(r"\s[\"“«']?[a-zà-ÿа-яё]")
_PARTIES = frozenset({"issuer", "exporter"})
TWIN = re.compile(r"(?<=[\u4e00-\u9fff])\s*[/／|](?:[^:：\d\u4e00-\u9fff]|(?<=[A-Za-z])\d(?=[A-Za-z]|$)){2,40}$")
"""What ends a cell after a Chinese label and a stroke: the label in another language, known or not; one digit among
letters is one of those, misread."""
_TWIN_BEHIND = re.compile(r"(?<=[\u4e00-\u9fff])\s*(?P<words>[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ.'’ -]{1,30}?)\s*\d{0,2}\s*$")
"""The same without a stroke, where labels are made of such words: 目的国 Country, 网点 Outlet 1."""
NAME_ENDED = re.compile(r"(?:公司|中心|厂|站|店|部|集团)$|\b(?:Ltd|LLC|Inc|Co|Corp|GmbH)\.?$")
MOST_WORDS = 4
"""Words of a label in another language."""


def after_label(text: str, mention: Mention, labels: Labels) -> re.Match[str]:
    """Return what follows a label; words after strokes are its twins unless they are a label of another kind.

    At the end of a cell one of them must be known: what follows 品牌 / is else a value. A label of the same kind right
    behind is a twin, too: 签发日期Date of issue.
    """
    after = _AFTER.match(text, mention.stop)
    assert after is not None  # every part of the pattern is optional
    if after["twin"] and any(not _are_twins(mention, other) for other in labels.fields.find(after["twin"])):
        after = _AFTER.match(text, mention.stop, after.start("twin"))
        assert after is not None
    if after["more"] and mention.code != "outlet_name":
        after = _AFTER.match(text, mention.stop, after.start("more"))
        assert after is not None
    twin = None if after["mark"] else _twin_at(text, after.end(), mention, labels)
    if twin:
        return after_label(text, Mention(mention.code, mention.start, twin.stop), labels)
    if after["words"]:
        twins = [twin for twin in labels.fields.find(after["words"]) if not _goes_on(after["words"], twin)]
        at_end = after.end("words") == len(text)
        if any(not _are_twins(mention, other) for other in twins) or (at_end and not twins):
            after = _AFTER.match(text, mention.stop, after.start("words"))
            assert after is not None
    return after


def _twin_at(text: str, start: int, mention: Mention, labels: Labels) -> Mention | None:
    """Return the label of the same kind in another script that begins at a place."""
    for other in labels.fields.find(text):
        if other.start == start and _are_twins(mention, other):
            return other if _script(text[start]) != _script(text[mention.start]) else None
    return None


def _script(character: str) -> str:
    """Return the script of a letter as Unicode names it: CJK, LATIN, CYRILLIC, ARABIC."""
    return unicodedata.name(character, "").partition(" ")[0]


def _are_twins(one: Mention, other: Mention) -> bool:
    """Return whether two labels are about one thing: 型号 / Марка, модель names the brand with the designation."""
    sorts = {_sort(one), _sort(other)}
    return len(sorts) == 1 or sorts in ({"model", "brand_model"}, {"brand", "brand_model"})


def _sort(mention: Mention) -> str:
    """Return what a label is about: 联系人 / Contacto names a person, whatever else the second may stand for."""
    return "outlet_contact" if mention.code == "contact_and_phone" else mention.code


def ends_with_twin(text: str, stop: int, labels: Labels) -> bool:
    """Return whether nothing but the same label in another language follows a Chinese one that ends at `stop`."""
    behind = _TWIN_BEHIND.match(text, stop)
    words = re.findall(r"[^\W\d_]{2,}", behind["words"]) if behind else []
    return bool(TWIN.match(text, stop)) or (bool(words) and all(w.casefold() in labels.latin_words for w in words))


def with_twin(text: str, mention: Mention) -> Mention:
    """Return a label that stands in brackets with those and with its twin in another language before them."""
    if _TWIN_BEFORE.fullmatch(text[: mention.start]) and "\u4e00" <= text[mention.start] <= "\u9fff":
        return Mention(mention.code, 0, mention.stop)
    opened, closed = text[: mention.start].rstrip(), text[mention.stop :].lstrip()
    if not (opened.endswith(("(", "（")) and closed.startswith((")", "）"))):
        return mention
    twin = _TWIN_WORDS.search(opened[:-1])
    if twin is None:
        return mention
    return Mention(mention.code, twin.start(), len(text) - len(closed) + 1)


def behind_twin(text: str, labels: Labels) -> Mention | None:
    """Return the Chinese label that ends a cell behind nothing but words of another language: Номер документа 编号.

    None for the exporter unless a label of a party stands before it (Отправитель 出口商: the sender of the letter or of
    the goods): a party that is not named costs nothing, a wrong one flags the letter.
    """
    bare = _BRACKET_BEHIND.sub("", text)
    mentions = [m for m in labels.fields.find(bare) if not _goes_on(bare, m)] if has_chinese(bare[-1:]) else []
    last = mentions[-1] if mentions else None
    if last is None or last.stop < len(bare) or not has_chinese(bare[last.start]):
        return None
    while len(mentions) > 1 and mentions[-2].stop == last.start and _are_twins(mentions[-2], last):
        if not has_chinese(bare[mentions[-2].start]):
            break
        last = Mention(last.code, mentions.pop(-2).start, len(bare))  # 首次注册, 登记日期
    parties = last.code == "exporter" and all(mention.code in _PARTIES for mention in mentions[:-1])
    if last.code == "exporter" and not (parties and mentions[:-1]):
        return None
    before = text[: last.start]
    other = not parties and any(not _are_twins(last, mention) for mention in mentions[:-1])
    named = len(before.split()) > MOST_WORDS or bool(NAME_ENDED.search(before.strip()))
    behind = _FOREIGN_BEFORE.fullmatch(before) and not other and not named
    return Mention(last.code, last.start, len(text)) if behind else None


def _goes_on(text: str, mention: Mention) -> bool:
    """Return whether a label is but the first word of an unknown one: the Date of Date dimmatriculation."""
    return bool(_SMALL_WORDS.match(text, mention.stop))
