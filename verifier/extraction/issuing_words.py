"""The words that lead to the day a letter was signed: verbs of issuing, places, its own number."""

from __future__ import annotations

import re

ISSUING = re.compile(
    r"(?i:issued|done|signed|made|given|executed|dated|sealed|witnessed|fait|établi[e]?|signé[e]?|délivré[e]?|hecho|dado|expedid[oa]"
    r"|otorgad[oa]|suscrit[oa]|firmad[oa]|feito|emitid[oa]|lavrad[oa]|passad[oa]|assinad[oa]|составлено|подписано|выдано|дано|lập|ký"
    r"|حرر|صدر|صدرت)\b"
    r"(?i:\s+under\s[^,，:：\d]{2,40}?)?"
    r"(?:\s*[,，]?\s*(?i:at|in|à|en|em|в|tại|في)\s+(?:г\.\s*)?[^\W\d_a-zа-яё][^,，\d:：]{1,30}(?:[,，]\s*[^\W\d_a-zа-яё][^,，\d:：]{1,30}){0,3}[,，]?)?"
    r"\s*(?i:on\s*the|on|this|the|le|el|em|a\s*los|a|aos?|dia|día|от|ngày|vào\s*ngày|بتاريخ|في)?\s*$"
)
"""Issued at Tianjin on, Given under our hand and seal this, Hecho en X, a: what leads to the day of issue."""
_CAPITALISED = r"[^\W\d_a-zà-ÿа-яё][\w.'’-]*(?:\s+(?:de|del|da|do|la|of|the|[^\W\d_a-zà-ÿа-яё][\w.'’-]*))*"
_DAY_WORD = r"(?:on|this|the|le|el|em|a\s+los|aos?|a|dia|от|den|ngày|بتاريخ|في)?"
PLACED = re.compile(
    rf"(?:(?:En|In|At|À|Em|В|Tại|في)\s+(?:la\s+ciudad\s+de\s+|the\s+city\s+of\s+|la\s+ville\s+de\s+)?)?(?:г\.\s*)?{_CAPITALISED}(?:\s*[,，]\s*{_CAPITALISED}){{0,3}}\s*[,，]\s*{_DAY_WORD}\s*"
    rf"|(?:En|In|At|À|Em|Tại|في)\s+{_CAPITALISED}(?:\s*[,，]\s*{_CAPITALISED}){{0,3}}\s*[,，]?\s*{_DAY_WORD}\s*"
)
"""Tianjin, China, on; En Tianjin, República Popular China, a: a place before the date."""
SIGNED_ON = re.compile(
    r"(?:[^,，:：\d]{0,60}\b(?:is|was|has been)\s+)?(?:issued|signed|executed|sealed|given)\b"
    r"[^,，:：\d]{0,30}\s(?:on|this|on\s+this)",
    re.I,
)
"""Executed as a deed on, this letter is signed on."""
ISSUED_HEREBY = re.compile(
    r"(?:\b(?:this|the\s+present)\s+(?:[\w-]+\s+){0,5}(?:is|was|has\s+been)\s+(?:hereby\s+)?(?:issued|executed|given|drawn\s+up|made)\b"
    r"[^.;:：\d]{0,60}\s(?:on|this|as\s+of)(?:\s+the)?"
    r"|\bse\s+(?:expide|extiende|emite|otorga|suscribe|firma)\b[^.;:\d]{0,20}\bpresente\b[^.;:\d]{0,60}?(?:\s(?:el|a|de\s+fecha)(?:\s+d[ií]a)?|\sa\s+los)"
    r"|\bla\s+pr[ée]sente\b[^.;:\d]{0,40}\b(?:est|a\s+été)\s+(?:délivrée|établie|émise|faite|signée)\b[^.;:\d]{0,60}\sle"
    r"|\bнастоящ\w+\s[^.;:\d]{0,40}\b(?:выдан|составлен|оформлен|подписан)\w*\b[^.;:\d]{0,40}?)\s*$",
    re.I,
)
"""This Confirmation is issued on, Se expide la presente el: a sentence about the paper itself, which may go on."""
HEAD_PLACE = re.compile(r"(?:En|In|At|À|Em)\s")
PLACE_BEHIND = re.compile(rf"\s*[,，(]\s*{_CAPITALISED}(?:\s*[,，(]\s*{_CAPITALISED}){{0,3}}[\s.)]*")
"""12 March 2026, Tianjin."""
BARE_LEAD = re.compile(r"(?:от|of|dated|on|this|le|el|ngày(?:\s*[:：]\s*ngày)?|dia|em|den|بتاريخ|التاريخ|г\.)", re.I)
REFERENCE_DATED = re.compile(
    r"(?!\s*(?:на\b|к\b|ваш|your|votre|su\b|vuestr|in\s+reply|re\b|来函|贵))"
    r"[^,，;；:：\d]{0,24}(?:№|N[°ºo.]\.?|N(?=\s)|No\.?|Número|Numéro|Номер|Number|Исх\.?|Ref\.?|Réf\.?|Nr\.?|Số|编号|文号|رقم)\s*[:：]?\s*(?P<number>(?=\S*\d)(?:[^\s,，;；]|(?<=[〕\]】])\s){3,40}?)"
    r"\s*[,，(（]?\s*(?:от|dated|of|du|de\s+fecha|del?|en\s+date\s+du|ngày|on|vom|date[d]?\s*[:：]?|بتاريخ|/)",
    re.I,
)
"""Исх. № 12/3 от, Ref. X dated, N° X du: the letter's own number before the day it was written; На № is another's."""
CONFIRMED_ON = (
    re.compile(r"(?:兹|现|谨)?于\s*$"),
    re.compile(r"\s*(?:在[^，,。]{1,10})?(?:郑重|特此|兹|正式|书面)?(?:确认|承诺|声明|证明|出具|签发)"),
)
"""What stands before and behind the day on which a sentence says that a maker confirms: 于2026年1月15日郑重确认."""
