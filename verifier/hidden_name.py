"""The issuer's name where a pen or a seal hides a character of it: what the seal itself says counts as another reading.

The seal's arc is read from pixels of its own, far from the closing line. It never replaces a name that was read surely,
and never more than one character of one that was not; what no reader tells apart (己, 已) is never read surely.
"""

from __future__ import annotations

from dataclasses import replace

from verifier.examination import Seal
from verifier.formats.chinese import has_chinese
from verifier.formats.names import CERTAIN_MISREAD, misread_characters, normalise_name
from verifier.letter import Field, Letter, Reading
from verifier.page import Source
from verifier.record import Maker, Makers

HIDDEN_CHARACTER = 0.7
"""Confidence of a name's weakest character under which it may be hidden: crossed ones that were misread had 0.25 to
0.65, printed look-alikes that were read as such 0.9 and more."""
READ_FOR_ONE_ANOTHER = ("己已巳", "夭天", "曰日")
"""Characters that the reader takes for one another however surely it reads: of 90 look-alikes printed cleanly in five
faces these alone were read as another with 0.76 to 0.99; of a company called 己立 all four letters were read 已立."""
SURE_ARC = 0.8
"""Confidence of an arc's text from which it is a reading of its own; two strips of it must agree for that."""


def with_hidden_name(letter: Letter, seals: tuple[Seal, ...], makers: Makers) -> Letter:
    """Return the letter with its issuer as a seal reads, where the print is uncertain and all but one character agree.

    Where more characters differ, the seal's maker is taken with the doubt `conflict`: its impressions are compared,
    and a person decides.
    """
    printed = letter.issuer
    if printed is None or makers.named(printed.value):
        return letter
    named = [maker for seal in seals if (maker := _named_by(seal, makers))]
    if not _may_hide(printed):
        named = [maker for maker in named if _reads_alike(printed.value, maker.name)]
    for maker in named:
        apart = misread_characters(printed.value, maker.name)
        if apart is not None:
            doubt = printed.doubt if apart <= CERTAIN_MISREAD else "conflict"
            reading = Reading(printed.value, printed.confidence, Source.OCR)
            issuer = replace(printed, value=maker.name, doubt=doubt, readings=(*printed.readings, reading))
            return replace(letter, issuer=issuer)
    return letter


def _may_hide(printed: Field) -> bool:
    return printed.confidence < HIDDEN_CHARACTER and has_chinese(printed.value)


def _reads_alike(printed: str, name: str) -> bool:
    """Return whether a name is another but for characters that the reader does not tell apart."""
    a, b = normalise_name(printed), normalise_name(name)
    apart = [one + other for one, other in zip(a, b, strict=False) if one != other]
    return len(a) == len(b) and all(any(set(two) <= set(group) for group in READ_FOR_ONE_ANOTHER) for two in apart)


def _named_by(seal: Seal, makers: Makers) -> Maker | None:
    """Return the maker whose name a whole official seal surely reads."""
    if seal.across or seal.kind != "official" or not seal.text or seal.text_confidence < SURE_ARC:
        return None
    maker = makers.named(seal.text)
    return maker if maker and normalise_name(maker.name) == normalise_name(seal.text) else None
