"""When a letter was signed."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date

from verifier.extraction.cells import Cell, Row
from verifier.extraction.issuing_words import (
    BARE_LEAD,
    CONFIRMED_ON,
    HEAD_PLACE,
    ISSUED_HEREBY,
    ISSUING,
    PLACE_BEHIND,
    PLACED,
    REFERENCE_DATED,
    SIGNED_ON,
)
from verifier.extraction.layout import Layout
from verifier.extraction.letter_number import number_before_day
from verifier.extraction.table_heads import VIN
from verifier.extraction.validity import OF_VALIDITY
from verifier.extraction.values import date_field
from verifier.formats.dates import DateMention, find_dates
from verifier.formats.names import LEGAL_FORM
from verifier.letter import Field
from verifier.page import Box

_RECEIVED = re.compile(
    r"收件|收文|收讫|已收|已登记|受理|办讫|归档|来文|来件|到件|收件室|收发|签收|接收|received|recibido|recebido|entrada|reçu|получено|входящ|(?<![^\W\d_])вх\.|وارد",
    re.I,
)
"""What the stamp of who received a letter says beside its day."""
LONGEST_STAMP, STAMP_PITCH, STAMP_WHITE = 36, 2.5, 1.0
"""Characters of a line of such a stamp; line heights from one of its lines to the next, and of white between what
stands side by side in it: 商务委员会 收件 over the day."""
_OTHER_DATES = ("registration_date", "transfer_date", "valid_until")
TOP_ROWS, DATED_ROWS, LONGEST_LEAD = 8, 12, 80
"""Rows from the head, and before the end, among which a paper is dated; characters of what leads to the date."""
LONGEST_PLACE = 40
"""Characters of a place before the date that is told by a comma or a known town alone."""
CLOSING_ROWS = 8
LONGEST_CLOSING = 60
"""Characters of a line that holds the signing name and the date."""
_SEAL_PLACE = re.compile(
    r"[^，,。:：\d]{0,20}[（(](?:签字|签名|单位|企业|加盖)?(?:并|、)?(?:公|印|签|盖)?章[)）][:：]?"
    r"|(?:г\.?\s*)?[（(](?:(?:company|corporate|official|maker['’]s)\s)?"
    r"(?:seal|stamp|chop|печать|м\.?\s?п\.?|sello|cachet|carimbo|con dấu|mühür)"
    r"(?:\s(?:oficial|officiel|de\s(?:la\s)?(?:empresa|société|entreprise)|here|организации|компании))?[)）]",
    re.I,
)
"""Where the seal goes, before the day: 生产企业（盖章）2026年3月24日."""
_SIGNATURE = re.compile(
    r"[赵钱孙李周吴郑王冯陈卫蒋沈韩杨朱秦许何吕张孔曹严金魏陶姜谢邹苏潘葛范彭鲁马方任袁柳史唐薛雷贺倪汤罗郝安常于傅康伍余"
    r"顾孟黄萧尹姚邵汪毛米戴宋庞熊纪舒项祝董梁杜阮季贾江郭梅林钟徐邱骆高夏蔡田胡万柯卢莫房丁邓洪包左石崔龚程邢陆翁段侯武刘"
    r"龙叶白赖乔谭申冉桂牛温庄柴阎习向古易廖居耿文欧曾关岳肖闫覃][\u4e00-\u9fff]{1,2}"
)
"""A person's name in Chinese: a surname and one or two characters."""
_OTHER_LABEL = re.compile(r"\W*[^\d:：,，。;；]{1,24}[:：]\s*")
"""A label that is in no list, before a day."""
_OF_OTHER_DAYS = re.compile(
    r"生产|制造|制成|出厂|出口|发货|发运|交付|交货|装运|复印|打印|申请|登记|注册|过户|转移|购|销售|开票|检验|成立|批准|生效|出生|自|从"
    r"|made|manufactur|produc|ship|deliver|print|cop(?:y|ied)|appl|regist|transfer|purchas|sold|invoice|inspect|found|birth|from|since",
    re.I,
)
"""Words of a label whose day is another than that of signing."""
LONGEST_SIGNATURE = 16
"""Characters of who signed by hand beside the day, as pieces of their own."""
LONGEST_REST = 2
"""Characters beside a date that stands alone: its full stop, the г. of a year."""
_DATED = re.compile(r"日期|\bdate\b|дата|\bfecha\b|\bdata\b", re.I)
"""What a label says that stands for the number and the day alike."""
_STRAY = re.compile(r"^[A-Z]{1,6}(?=\W*$)")
"""A seal's stroke before the day, read as letters: RUUN2026年2月23日."""
_FIRST = re.compile(r"(?<![^\W_])[lI](?=er\b|º|ª)")
"""The 1 of 1er, 1º read as a letter."""
_AGAIN = re.compile(
    r"\W*(?:(?P<day>\d{1,2})\W?\s?(?:[^\W\d_]{1,12}\.?\W{0,3}){1,4}|(?:[^\W\d_]{1,12}\.?\s){1,2}(?P<last>\d{1,2})\W{0,2}\s?)"
    r"(?P<year>20\d\d)\s?[^\W\d_]?\W*"
)
"""A date in words of any language: the day, up to four words, the year."""


def find_issue_date(layout: Layout, explained: Container[str]) -> Field | None:
    """Return the date the letter was signed: the last one standing alone or labelled outside vehicle rows.

    `explained` are the days that vehicles' own fields account for.
    """
    heads = _rows_of_heads(layout)
    values = [value for value in layout.values("issued_on") if value.row not in heads]
    stated = [(v.listed, date_field(v.cell, v.start, v.stop)) for v in values]
    labelled = [field for listed, field in stated if field and listed] or _with_number(layout)
    guessed = [field for listed, field in stated if field and not listed]
    vehicles = layout.table_rows("vehicles")
    matter = _matter(layout)
    others = {id(value.cell) for name in _OTHER_DATES for value in layout.values(name)}
    alone = [
        (_is_amid_matter(number, cell, layout, matter), field)
        for number, cell in layout.cells()
        if number not in vehicles
        and id(cell) not in others
        and _stands_alone(cell, layout)
        and not is_of_receipt(number, cell, layout)
        and not (_is_under_vin(number, layout) and number < matter.get(cell.page, (0, -1))[1])
        and (field := date_field(cell, 0, len(cell.text)))
    ]
    outside = [field for is_amid, field in alone if not is_amid]
    dated = [] if labelled or outside else _dated_at_a_place(layout, vehicles) or _issued_hereby(layout)
    amid = [field for is_amid, field in alone if is_amid]
    return (
        next((_last(found) for found in (labelled, outside, dated, guessed) if found), None)
        or _only_day(layout, explained)
        or (_last(amid) if amid else _signed_with_name(layout))
    )


def _with_number(layout: Layout) -> list[Field]:
    """Return the days that one label gives together with the letter's number: 编号/日期 SH202605072 / 2026-05-08."""
    both = [v for v in layout.values("number") if v.cell is not v.label_cell and _DATED.search(v.label_cell.text)]
    found = (date_field(v.cell, v.start + day.start, v.start + day.stop) for v in both for day in find_dates(v.text))
    return [field for field in found if field]


def _rows_of_heads(layout: Layout) -> frozenset[int]:
    """Return the rows between a table's heads and its first vehicle: a second line of heads says date, too."""
    tables = (table for table in layout.tables if table.kind == "vehicles" and table.rows)
    return frozenset(number for table in tables for number in range(table.header, table.rows[0].number))


def _last(found: Iterable[Field]) -> Field:
    return max(found, key=lambda field: (field.page, field.box.centre[1] if field.box else 0.0))


def _matter(layout: Layout) -> dict[int, tuple[int, int]]:
    """Return the first row of each page with a VIN, and its last with one or an outlet's address or phone.

    A day that stands alone right under a VIN and over more of the matter is that vehicle's.
    """
    found: dict[int, tuple[int, int]] = {}
    for number, cell in layout.cells():
        if VIN.search(cell.text):
            found[cell.page] = (found.get(cell.page, (number, 0))[0], number)
    for value in layout.labelled:
        if value.name in ("outlet_address", "outlet_phone") and value.listed and value.marked:
            first, last = found.get(value.cell.page, (value.row, value.row))
            found[value.cell.page] = (first, max(last, value.row))
    return found


def _is_amid_matter(number: int, cell: Cell, layout: Layout, matter: Mapping[int, tuple[int, int]]) -> bool:
    """Return whether a day stands among the vehicles: over the last of the matter, or beside other things."""
    first, last = matter.get(cell.page, (number, number))
    beside = (other for other in layout.rows[number].cells if other is not cell)
    if first <= number < last or any(find_dates(other.text) or VIN.search(other.text) for other in beside):
        return True
    return len(layout.rows[number].cells) > 1 and TOP_ROWS < number < len(layout.rows) - CLOSING_ROWS


def _is_under_vin(number: int, layout: Layout) -> bool:
    above = layout.rows[number - 1] if number else None
    return above is not None and any(VIN.search(cell.text) for cell in above.cells)


def _only_day(layout: Layout, explained: Container[str]) -> Field | None:
    """Return the one day near the letter's ends under a label of its own that nothing else of it accounts for.

    None where two such days stand there, or where a label or the words of its
    line say that it is another: of validity, of receipt.
    """
    days: dict[str, Field] = {}
    for number, cell in near_the_ends(layout):
        told = [value for value in layout.labelled if value.cell is cell and value.name != "issued_on"]
        if told or len(cell.text) > LONGEST_CLOSING or is_of_receipt(number, cell, layout):
            continue
        for mention in find_dates(cell.text):
            lead = _OTHER_LABEL.fullmatch(cell.text[: mention.start])
            field = date_field(cell, mention.start, mention.stop)
            if lead and not _OF_OTHER_DAYS.search(lead[0]) and field and field.value not in explained:
                days.setdefault(field.value, field)
    return next(iter(days.values())) if len(days) == 1 else None


def near_the_ends(layout: Layout) -> Iterator[tuple[int, Cell]]:
    """Yield the cells among which a paper is dated, tables and sentences about validity apart."""
    last = len(layout.rows)
    for number, cell in layout.cells_outside_tables():
        amid = DATED_ROWS <= number < last - DATED_ROWS
        if not amid and not OF_VALIDITY.search(cell.text):
            yield number, cell


def is_of_receipt(number: int, cell: Cell, layout: Layout) -> bool:
    """Return whether a day is that of a stamp of receipt: its words stand beside it, or right over or under it.

    A line of a stamp that holds another day claims that one.
    """
    if len(cell.text) > LONGEST_STAMP:
        return False
    around = (row for row in layout.rows[max(number - 1, 0) : number + 2] if row.page == cell.page)
    lines = [line for row in around for line in _stamp_lines(row)]
    marks = [(mark.text, mark.box) for page in layout.pages if page.number == cell.page for mark in page.marks]
    own = {day.value for day in find_dates(cell.text)}
    stamped = (line for line in (*lines, *marks) if len(line[0]) <= LONGEST_STAMP and _is_stamp_of_receipt(line[0]))
    return any(_is_near(box, cell.box) and own.issuperset(d.value for d in find_dates(text)) for text, box in stamped)


def _stamp_lines(row: Row) -> list[tuple[str, Box]]:
    """Return the cells of a row, those that stand close to one another as one line: 商务委员会 收件."""
    lines: list[tuple[str, Box]] = []
    for cell in row.cells:
        close = bool(lines) and cell.box.x0 - lines[-1][1].x1 < STAMP_WHITE * cell.box.height
        if close:
            text, box = lines.pop()
            lines.append((f"{text} {cell.text}", Box.around([box, cell.box])))
        else:
            lines.append((cell.text, cell.box))
    return lines


def _is_stamp_of_receipt(text: str) -> bool:
    return _RECEIVED.search(re.sub(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])", "", text)) is not None


def _is_near(a: Box, b: Box) -> bool:
    """Return whether two lines stand over one another, as those of one stamp."""
    return min(a.x1, b.x1) > max(a.x0, b.x0) and abs(a.centre[1] - b.centre[1]) < STAMP_PITCH * b.height


def _dated_at_a_place(layout: Layout, vehicles: Container[int]) -> list[Field]:
    """Return dates near a letter's ends that a place, a word of issuing or the letter's number leads to: "Tianjin, 12
    March 2026"."""
    last = len(layout.rows)
    found = []
    for number, cell in layout.cells():
        dates = find_dates(cell.text)
        amid = number in vehicles or TOP_ROWS < number < last - DATED_ROWS
        if amid or not dates or is_of_receipt(number, cell, layout):
            continue
        if number <= TOP_ROWS and (
            _begins_with_place(cell.text, dates[0]) or number_before_day(cell) or _is_confirmed_on(cell.text, dates[0])
        ):
            field = date_field(cell, dates[0].start, dates[0].stop)
            found += [field] if field else []
        if len(dates) != 1:
            continue
        lead = cell.text[: dates[0].start].strip()
        behind = cell.text[dates[0].stop :].strip(" .。日гГ")
        placed = not lead and bool(PLACE_BEHIND.fullmatch(cell.text, dates[0].stop))
        if placed or (lead and not behind and len(lead) <= LONGEST_LEAD and _leads_to_issue(lead, layout)):
            field = date_field(cell, dates[0].start, dates[0].stop)
            found += [field] if field else []
    return found


def _issued_hereby(layout: Layout) -> list[Field]:
    """Return the days on which sentences say that this paper is issued, whatever else they say behind them."""
    days = ((cell, day) for cell in layout.flow for day in find_dates(cell.text))
    found = (
        date_field(cell, day.start, day.stop) for cell, day in days if ISSUED_HEREBY.search(cell.text[: day.start])
    )
    return [field for field in found if field]


def _begins_with_place(text: str, first: DateMention) -> bool:
    """Return whether a paragraph begins with where and when it is written: En Tianjin, el 12 de marzo de 2026, X …"""
    lead = text[: first.start].strip()
    return bool(HEAD_PLACE.match(lead) and PLACED.fullmatch(lead)) and text[first.stop :].lstrip()[:1] in (
        ",",
        "，",
        ".",
    )


def _is_confirmed_on(text: str, day: DateMention) -> bool:
    """Return whether a sentence says that its writer confirms on a day."""
    before, behind = CONFIRMED_ON
    return bool(before.search(text[: day.start]) and behind.match(text, day.stop))


def _leads_to_issue(lead: str, layout: Layout) -> bool:
    """Return whether words before a date say where or that a paper was made, and are no other date's label."""
    if any(form.fullmatch(lead) for form in (ISSUING, SIGNED_ON, BARE_LEAD, REFERENCE_DATED)):
        return True
    if any(character.isdigit() or character in ":：" for character in lead) or layout.labels.fields.find(lead):
        return False
    if len(lead) > LONGEST_PLACE:
        return bool(PLACED.fullmatch(lead))
    return lead[-1] in ",，市省" or bool(layout.labels.places.find(lead)) or bool(PLACED.fullmatch(lead))


def _stands_alone(cell: Cell, layout: Layout) -> bool:
    """Return whether a date is all that a cell holds, perhaps said twice: 2026/4/17 / 17 апреля 2026 г.

    Where the seal goes may be said before it, and who signs may stand beside it.
    """
    found = find_dates(cell.text)
    if not found or len({mention.value for mention in found}) > 1:
        return False
    rest = cell.text
    for mention in reversed(found):
        rest = rest[: mention.start] + rest[mention.stop :]
    rest = _STRAY.sub("", rest) if found[0].start else rest
    if len(rest.strip(" /／|()（）")) <= LONGEST_REST or _is_said_again(found[0].value, rest):
        return True
    return bool(_SEAL_PLACE.fullmatch(rest.strip())) or _is_beside_signature(cell, rest, layout)


def _is_beside_signature(cell: Cell, rest: str, layout: Layout) -> bool:
    """Return whether a date stands behind a person's name, or is a piece of its own and the others are a few words that
    say nothing of it.
    """
    if _SIGNATURE.fullmatch(rest.strip()) and not layout.labels.fields.find(rest):
        return True
    dated = [piece for piece in cell.pieces if find_dates(piece.text)]
    if len(dated) != 1 or len(cell.pieces) < 2 or len(rest) > LONGEST_SIGNATURE:
        return False
    (mention, *others) = find_dates(dated[0].text)
    if others or (mention.start, mention.stop) != (0, len(dated[0].text)):
        return False
    return not (any(map(str.isdigit, rest)) or OF_VALIDITY.search(rest) or layout.labels.fields.find(rest))


def _is_said_again(day: date, rest: str) -> bool:
    """Return whether what is left beside a date is that date once more, the month's name misread: 17 ape 2026 r."""
    said = _AGAIN.fullmatch(_FIRST.sub("1", rest))
    return said is not None and (int(said["day"] or said["last"]), int(said["year"])) == (day.day, day.year)


def _signed_with_name(layout: Layout) -> Field | None:
    """Return the last date in the closing rows, where it shares a short cell with the name that signs."""
    for row in reversed(layout.rows[-CLOSING_ROWS:]):
        for cell in row.cells:
            found = find_dates(cell.text)
            if found and len(cell.text) <= LONGEST_CLOSING and LEGAL_FORM.search(cell.text):
                return date_field(cell, found[-1].start, found[-1].stop)
    return None
