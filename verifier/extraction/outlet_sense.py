"""What may not stand for a provider or an address: sentences, words that name nobody, shops, countries alone.

A letter without outlets, or with outlets that lie nowhere, must never look complete for words that stand near.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from verifier.extraction.layout import Layout
from verifier.extraction.outlet_looks import ADDRESS_WORD
from verifier.extraction.outlet_stretches import is_words_of_labels
from verifier.extraction.table_heads import MODEL
from verifier.formats.chinese import has_chinese
from verifier.formats.gazetteer import Mention
from verifier.formats.organisations import find_organisations
from verifier.letter import ServiceOutlet

_SENTENCE = re.compile(
    r"我公司|我司|我厂|本公司|本厂|贵公司|贵司|本函|本确认|确认书|兹(?:确认|证明|有|函|就|将|定|委托|授权|声明)|特此|予以|承诺|保证|声明|有效期|上述|下列|以下车|下述|该国|目的国"
    r"|出口至|出口到|拟出口|将由|拟由|生产的|提供.{0,8}(?:服务|维修|保养)|负责.{0,8}(?:服务|维修|保养)"
    r"|\b(?:hereby|confirms?|undertakes?|guarantees?|warrants?|certif(?:y|ies)|exported|manufactured\s+by|listed\s+below|provided"
    r"|the\s+(?:above|following|vehicles?|destination|country\s+of)|country\s+of\s+(?:destination|export)|(?:will|shall)\s+be"
    r"|above\s+vehicles?|We|we|our|this\s+letter)\b"
    r"|подтвержда\w+|обязу\w+|гарантиру\w+|обеспечива\w+|вышеуказанн\w+|нижеуказанн\w+|настоящ\w+"
    r"|\b(?:confirmamos|garantizamos|nuestr[oa]s?|confirmons|garantissons|garantimos|noss[oa]s?)\b"
)
"""Words of a sentence of the letter, which no name of a provider and no address has."""
_OUR_OWN = re.compile(r"(?:现将|现就|由|在)?(?:我|本|贵|该|此)(?:公司|司|厂|集团|单位)")
"""Who writes or is written to, named by no name: 现将我公司."""
_PLACEHOLDER = re.compile(
    r"\W*(?:无|暂无|没有|待定|待补|待补充|待确定|待通知|另行通知|另附|未定|未提供|(?:具体|地址)?(?:详见|参见|请见|见).{0,12}|同上"
    r"|n\.?\s?/?\s?a|none|nil|t\.?b\.?[acd]|to\s+be\s+\w+(?:\s+later)?|not\s+(?:available|applicable)|unknown|ditto|same\s+as\s+above"
    r"|see\s+(?:the\s+)?(?:annex|appendix|attach\w+).{0,6}|нет|не\s+указан\w*|уточняется|по\s+согласованию|por\s+(?:definir|confirmar)"
    r"|à\s+(?:définir|confirmer)|a\s+definir|ninguno|aucun)\W*",
    re.I,
)
"""What an office writes where it has nothing to say."""
_NOBODY_ZH = re.compile(
    r"(?:我公司|我司|本公司|的|在|及|和|与|各|等|相关|有关|当地|本地|境外|海外|国外|该国|授权|指定|特约|认证|合作|售后|服务|维修|保养|修理|汽车"
    r"|车辆|二手车|出口|网点|网络|站点|站|点|机构|体系|商|中心|提供方|提供|方|单位|伙伴|经销|代理|企业|公司|厂|店|第[一二三四五]条?|[一二三四五]|所列|所指|所述"
    r"|\d{1,2}|[A-Da-d])+"
)
_NOBODY_WORDS = (
    # English
    r"our|the|a|an|its|local|authori[sz]ed|designated|appointed|overseas|foreign|official|certified|approved|qualified|after|sales?"
    r"|service|services|servicing|repairs?|maintenance|dealers?|distributors?|partners?|outlets?|network|cent(?:re|er)s?|stations?"
    r"|workshops?|garages?|providers?|compan(?:y|ies)|agents?|vehicles?|cars?|auto|in|of|at|for|and|that|this|there|country|destination"
    r"|no|[a-d]|[ivx]{1,3}|\d{1,2}",
    # Russian
    r"наш\w*|сервисн\w+|техническ\w+|техобслуживани\w+|обслуживани\w+|ремонт\w*|послепродажн\w+|гарантийн\w+|центр\w*|станци\w+|пункт\w*"
    r"|точк\w+|сет[ьи]|авторизованн\w+|уполномоченн\w+|официальн\w+|местн\w+|зарубежн\w+|рубежом|границей|за|в|на|и|для|стран\w*"
    r"|назначени\w+|дилер\w*|партн[её]р\w*|организаци\w+|поставщик\w*|услуг\w*|агент\w*|представител\w+|автомобил\w+|сто",
    # Spanish, Portuguese, French
    r"nuestr[oa]s?|taller(?:es)?|centros?|puntos?|servicios?|autorizad[oa]s?|oficial(?:es)?|pos-?t?venta|mantenimiento|reparaci[oó]n|red"
    r"|locales|en|el|la|los|las|de|del|y|extranjero|pa[ií]s|destino|concesionari[oa]s?|distribuidor(?:es)?|proveedor(?:es)?|asistencia"
    r"|noss[oa]s?|oficinas?|pontos?|assist[eê]ncia|servi[cç]os?|p[oó]s-?venda|manuten[cç][aã]o|repara[cç][aã]o|na|exterior|rede|e"
    r"|nos?|notre|points?|ateliers?|r[eé]seau|agr[eé][eé]s?|officiels?|locaux|apr[eè]s-vente|entretien|r[eé]paration|[aà]|l|[eé]tranger|dans"
    r"|le|les|du|des|pays|concessionnaires?|distributeurs?|prestataires?|partenaires?|et",
    # Turkish, Uzbek, Kazakh, Mongolian
    r"yetkili|servis\w*|nokta\w*|yurt|dışı\w*|satış|sonrası|bakım|onarım|bayi\w*|ağı|merkez\w*|yerel|xizmat\w*|ko'rsat\w*|markaz\w*|xorij\w*"
    r"|mahalliy|vakolatli|қызмет\w*|көрсету\w*|сервис\w*|орталы\w+|шетел\w*|жергілікті|уәкілетті|жөндеу|засвар\w*|үйлчилгээ\w*|төв\w*"
    r"|газ(?:ар|рууд)|гадаад\w*|дахь|албан|ёсны",
    # Vietnamese, Indonesian
    r"điểm|trạm|trung|tâm|dịch|vụ|bảo|hành|dưỡng|sửa|chữa|ủy|quyền|được|ở|nước|ngoài|tại|các|cơ|sở|xưởng|đại|lý|chính|hãng"
    r"|bengkel|resmi|pusat|layanan|perbaikan|di|luar|negeri|jaringan|mitra|lokal",
    # Arabic
    r"مراكز|مركز|الخدمة|خدمة|الخدمات|المعتمدة|المعتمد|معتمدة|معتمد|الصيانة|صيانة|ورشة|ورش|في|الخارج|وكيل|وكلاء|موزع|المحلية|المحلي|لدينا|شبكة"
    r"|ما|بعد|البيع",
)
_NOBODY_FOREIGN = re.compile(rf"(?:(?:{'|'.join(_NOBODY_WORDS)})(?!\w)[\s,.:/&()'’-]*)+", re.I)
"""Words that say what a provider is, and all of them together not who: 当地授权服务商, our authorised dealer."""
_VIN = re.compile(r"(?=(?:[A-Z]*\d){4})[A-HJ-NPR-Z0-9]{17}")
"""A VIN, though its label be glued to it."""
_REACHED = re.compile(r"\S*@\S+|(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|[a-z]{2})(?:/\S*)?", re.I)
"""An address of mail or of a site."""
_NO_ADDRESS = re.compile(
    r"营业时间|工作时间|营业执照|成立于|资质|\d+\s?小时|\b(?:since|established|iso|hours?|capacity|years?|hotline|branches|licen[cs]e"
    r"|mon|fri|staff|employees|mechanics|e-?mail|website)\b",
    re.I,
)
"""Words of what else is said about a provider with figures in it: hours, licences, staff."""
_CASED = re.compile(r"[A-Za-z\u00c0-\u024f\u0400-\u04ff]")
_MANY = re.compile(
    r"(?:网点|网络|机构|体系|商|提供方|伙伴|(?:dealer|partner|agent|distributor|provider|outlet)s?|network)\W*$", re.I
)
"""What words that name nobody end with where a country stands among them: 加纳授权服务商, no 加纳汽车服务中心."""
_SHOP = re.compile(
    r"[^\d号]{1,16}(?<![车路街])(?:店|分公司|分部|支部|分厂|服务站|维修站|特约站|分站|网点|服务点|维修点|展厅)"
)
_SHOP_LATIN = re.compile(
    r"[^\d,]{2,40}\b(?:branch|shop|store|showroom|outlet|workshop|dealership|filial|филиал|sucursal|filiale|filial|succursale|şube\w*)",
    re.I,
)
"""A shop or branch that a name has in brackets behind it: no address, however much the town is named in it."""
_LEADING_TO = re.compile(
    r"^\W*(?:(?:to|in|at|of|into|for|near|within|the|republic|state|kingdom|city|from|au|aux|en|à|a|al|em|на|в|по)\b|[至到往在向位于驻的]+)\s*",
    re.I,
)
_CHINESE_RUN = re.compile(r"[\u3400-\u9fff（）、，：]+")
_TOWN_WORD = re.compile(r"[市省州县]|\bcity\b|\bг\.|\bгород\b|\bciudad\b|\bville\b", re.I)
_POST_BOX = re.compile(
    r"(?:\bP\.?\s?O\.?\s?B(?:ox\b|\.)|\bB\.?\s?P\.(?=\s?\d)|\bApartado(?:\s+postal)?\b|\bCasilla\b|а/я|邮政信箱|信箱)\s*(?:No\.?\s*|№\s*)?\d[\d-]*\s?号?",
    re.I,
)
_BRAND = re.compile(r"[^\W\d_]{1,8}牌(?![号楼])")
_STREET = re.compile(r"\d+\s*号|[路街道巷弄]|大道|公路|广场|市场|工业区|开发区|园区")
FEWEST_NAME = 2
"""Letters of a provider's name."""
LONGEST_PLAIN = 14
"""Characters within which a Chinese text without digits may be a brand's and no address."""
FEWEST_WORDS, MOST_SMALL = 6, 0.6
"""Words of a sentence in Latin script, and the share of them that begin small: addresses have capitals and figures."""


def is_nobody(name: str, layout: Layout) -> bool:
    """Return whether a text that stands where a provider does names none.

    Words that only say what a provider is, a sentence of the letter, a VIN, a country or a heading are nobody's name; a
    sentence in which a company is named may be somebody's.
    """
    text = " ".join(name.split())
    letters = [character for character in text if character.isalpha()]
    if len(letters) < FEWEST_NAME or _VIN.search(text) or _PLACEHOLDER.fullmatch(text):
        return True
    if says_nobody(text):
        return True
    if _MANY.search(text) and says_nobody(_without_countries(text, layout)):
        return True
    if _is_country_alone(text, layout) or (is_words_of_labels(text, layout) and not _named_in(text)):
        return True
    return bool(_SENTENCE.search(text) or _OUR_OWN.search(text)) and not _named_in(text)


def _named_in(text: str) -> bool:
    """Return whether a company with a legal form, not the writer's own, is named in a text."""
    named = [text[one.start : one.stop] for one in find_organisations(text) if one.formed]
    return any(not _OUR_OWN.search(one) and not says_nobody(one) for one in named)


def says_nobody(text: str) -> bool:
    """Return whether a text is nothing but words for providers, in whatever script."""
    chinese = "".join(character for character in text if has_chinese(character) or character.isdigit())
    others = " ".join(_CHINESE_RUN.sub(" ", text).split())
    own = not has_chinese(chinese) or _NOBODY_ZH.fullmatch(chinese)
    twin = not any(map(str.isalpha, others)) or _NOBODY_FOREIGN.fullmatch(others)
    return bool(own and twin) and any(map(str.isalpha, text))


def _without_countries(text: str, layout: Layout) -> str:
    return _without(text, layout.labels.countries.find(text))


def _without(text: str, mentions: Sequence[Mention]) -> str:
    """Return a text with white where its mentions stood."""
    for mention in reversed(mentions):
        text = text[: mention.start] + " " + text[mention.stop :]
    return text


def _without_lead(text: str) -> str:
    """Return a text without the words that lead to a place: to, 驻."""
    while lead := _LEADING_TO.match(text):
        text = text[lead.end() :]
    return text


def is_nowhere(address: str, layout: Layout) -> bool:
    """Return whether a text that stands where an address does says no place more exact than a country.

    A sentence, a shop of the provider's name, a brand with its designation, a heading and a placeholder are no place.
    """
    text = " ".join(address.split())
    if _VIN.search(text) or _PLACEHOLDER.fullmatch(text) or _SENTENCE.search(text) or _OUR_OWN.search(text):
        return True
    if _REACHED.fullmatch(text) or (_NO_ADDRESS.search(text) and not layout.labels.places.find(text)):
        return True
    if not has_chinese(text) and text == text.lower() and not _is_caseless(text) and not _has_street(text, layout):
        return True
    if _SHOP.fullmatch(text) or _SHOP_LATIN.fullmatch(text.strip(" .")):
        return True
    if MODEL.fullmatch(text) or (_BRAND.match(text) and not _STREET.search(text)):
        return True
    if is_words_of_labels(text, layout) or _is_country_alone(text, layout) or _is_town_alone(text, layout):
        return True
    return _is_latin_sentence(text) or _is_company(text)


def _is_caseless(text: str) -> bool:
    """Return whether a text has letters that are never set in capitals: Arabic, Georgian, Thai."""
    return any(character.isalpha() and not _CASED.match(character) for character in text)


def _has_street(text: str, layout: Layout) -> bool:
    return bool(ADDRESS_WORD.search(text) or layout.labels.places.find(text))


def _is_country_alone(text: str, layout: Layout) -> bool:
    """Return whether nothing but countries is named, with what leads to them: to Cambodia, 驻科特迪瓦."""
    if not layout.labels.countries.find(text):
        return False
    return not any(map(str.isalnum, _without_lead(_without_countries(text, layout))))


def _is_town_alone(text: str, layout: Layout) -> bool:
    """Return whether a text is the name of one town, with its country or a post-office box or without: nobody finds a
    workshop by that.
    """
    left = _POST_BOX.sub(" ", _without_countries(text, layout))
    named = layout.labels.places.find(left)
    if len({left[one.start : one.stop].casefold() for one in named}) > 1:
        return False  # a district and its town: Musaffah, Abu Dhabi
    return not any(map(str.isalnum, _TOWN_WORD.sub("", _without_lead(_without(left, named)))))


def _is_company(text: str) -> bool:
    """Return whether a text is a company with its legal form and nothing else."""
    named = [one for one in find_organisations(text) if one.formed]
    return bool(named) and named[0].start <= 1 and named[0].stop >= len(text) - 1 and not any(map(str.isdigit, text))


def _is_latin_sentence(text: str) -> bool:
    words = re.findall(r"[A-Za-zÀ-ÿ'’]+", text)
    small = sum(word[0].islower() for word in words)
    plain = not has_chinese(text) and not any(map(str.isdigit, text))
    return plain and len(words) >= FEWEST_WORDS and small > MOST_SMALL * len(words)


def sensible(outlet: ServiceOutlet, layout: Layout) -> ServiceOutlet | None:
    """Return the outlet with nothing that is no name and no address; None where nothing is left to tell of one."""
    name = outlet.name if outlet.name and not is_nobody(outlet.name.value, layout) else None
    address = outlet.address if outlet.address and not is_nowhere(outlet.address.value, layout) else None
    if name is outlet.name and address is outlet.address:
        return outlet
    if not name and not (address and outlet.phone):
        return None
    return replace(outlet, name=name, address=address)
