"""A second parser's view of a PDF's text: pdfminer beside pdfium.

Two parsers that read different serial numbers from one file are a sign that it was made to be read
differently. The view is a second vote only: it is taken after the document was handed over, under an
allowance of its own, and where the parser dies nothing is missing.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from pdfminer.high_level import extract_text
from pdfminer.layout import LAParams
from pdfminer.pdfparser import PDFSyntaxError
from pdfminer.psexceptions import PSException

from verifier.examination import Finding
from verifier.opening.parts import PARSER_FAILURES
from verifier.page import LayerWord

MOST_PAGES = 10
"""pdfminer costs some 30 ms a page; planted differences stand where the letter's values do."""
_TOKEN = re.compile(r"(?<![0-9A-Z])[0-9A-HJ-NPR-Z]{17}(?![0-9A-Z])")
"""Seventeen characters of a vehicle identification number's alphabet."""


def second_opinion(document: bytes, layers: dict[int, tuple[LayerWord, ...]]) -> tuple[Finding, ...]:
    """Return a `parser_conflict` for each page whose vehicle numbers the two parsers read differently.

    `layers` holds the words that pdfium found, by page number. `text` is what only pdfminer sees, `shown`
    what only pdfium sees; an empty layer or a parser that gives up yields nothing.
    """
    numbers = [number for number, words in layers.items() if words][:MOST_PAGES]
    try:
        return tuple(_differences(document, {number: layers[number] for number in numbers}))
    except (*PARSER_FAILURES, MemoryError, PSException, PDFSyntaxError):
        return ()


def _differences(document: bytes, layers: dict[int, tuple[LayerWord, ...]]) -> Iterator[Finding]:
    for number, words in layers.items():
        text = extract_text(io.BytesIO(document), page_numbers=[number - 1], laparams=LAParams())
        theirs, ours = [_upper(word) for word in text.split()], [_upper(word.text) for word in words]
        only_theirs, only_ours = _missing(theirs, ours), _missing(ours, theirs)
        if _tokens(theirs) and _tokens(ours) and (only_theirs or only_ours):
            yield Finding(code="parser_conflict", page=number, text=only_theirs, shown=only_ours)


def _missing(words: Sequence[str], others: Sequence[str]) -> str:
    """Return the vehicle numbers among words that the others do not hold, however they are cut into words."""
    joined = "".join(others)
    return " ".join(sorted(token for token in _tokens(words) if token not in joined))


def _tokens(words: Iterable[str]) -> frozenset[str]:
    return frozenset(token for word in words for token in _TOKEN.findall(word))


def _upper(word: str) -> str:
    return unicodedata.normalize("NFKC", word).upper()
