"""The typefaces letters are set in: for Chinese, for Arabic, for everything else, and how wide their text runs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from PIL import ImageFont

_ROOT = "/usr/share/fonts"
_MEASURED_AT = 200


@dataclass(frozen=True, slots=True)
class Face:
    """A font file and the face in it; `outlines` says that ReportLab can embed it (TrueType, not CFF)."""

    path: str
    index: int = 0
    outlines: bool = True

    @property
    def family(self) -> tuple[str, str]:
        """(family, style) as fontconfig knows it."""
        family, style = load(self, 20).getname()
        return family or "", style or ""


@dataclass(frozen=True, slots=True)
class Type:
    """A pair of faces with bold companions where the family has them."""

    chinese: Face
    other: Face
    chinese_bold: Face
    other_bold: Face

    @property
    def embeddable(self) -> bool:
        """Whether a digital page can be set in it."""
        return self.chinese.outlines and self.chinese_bold.outlines


def _noto(family: str, weight: str) -> Face:
    return Face(f"{_ROOT}/opentype/noto/Noto{family}CJK-{weight}.ttc", 2, outlines=False)


def _latin(name: str) -> Face:
    return Face(f"{_ROOT}/truetype/{name}.ttf")


_UMING, _UKAI = Face(f"{_ROOT}/truetype/arphic/uming.ttc"), Face(f"{_ROOT}/truetype/arphic/ukai.ttc")
_SONG, _KAI = (
    Face(f"{_ROOT}/truetype/arphic-gbsn00lp/gbsn00lp.ttf"),
    Face(f"{_ROOT}/truetype/arphic-gkai00mp/gkai00mp.ttf"),
)
_HEI, _MICRO = Face(f"{_ROOT}/truetype/wqy/wqy-zenhei.ttc"), Face(f"{_ROOT}/truetype/wqy/wqy-microhei.ttc")
_SERIF, _SERIF_BOLD = _latin("liberation/LiberationSerif-Regular"), _latin("liberation/LiberationSerif-Bold")
_SANS, _SANS_BOLD = _latin("liberation/LiberationSans-Regular"), _latin("liberation/LiberationSans-Bold")
_DEJA, _DEJA_BOLD = _latin("dejavu/DejaVuSans"), _latin("dejavu/DejaVuSans-Bold")

_WENKAI, _WENKAI_BOLD = _latin("lxgw-wenkai/LXGWWenKai-Regular"), _latin("lxgw-wenkai/LXGWWenKai-Bold")
_WENKAI_LIGHT = _latin("lxgw-wenkai/LXGWWenKai-Light")
_BABELSTONE, _DROID = _latin("babelstone/BabelStoneHan"), _latin("droid/DroidSansFallbackFull")
_CARLITO, _CARLITO_BOLD = _latin("crosextra/Carlito-Regular"), _latin("crosextra/Carlito-Bold")
_CALADEA, _CALADEA_BOLD = _latin("crosextra/Caladea-Regular"), _latin("crosextra/Caladea-Bold")
_MONO, _MONO_BOLD = _latin("liberation/LiberationMono-Regular"), _latin("liberation/LiberationMono-Bold")
_NASKH = Face(f"{_ROOT}/truetype/noto/NotoNaskhArabic-Regular.ttf")
_COMPLETE = _UMING
"""Stands in for characters that a face lacks."""
_ARABIC = re.compile(r"[\u0600-\u06ff](?:[\u0600-\u06ff\s:.,-]*[\u0600-\u06ff])?")
"""A phrase from right to left; what stands between two of its words runs so, too, as Unicode has it."""

TYPES: dict[str, Type] = {
    "song": Type(_SONG, _SERIF, _HEI, _SERIF_BOLD),
    "uming": Type(_UMING, _SERIF, _HEI, _SERIF_BOLD),
    "kai": Type(_KAI, _SERIF, _KAI, _SERIF_BOLD),
    "ukai": Type(_UKAI, _SANS, _HEI, _SANS_BOLD),
    "hei": Type(_HEI, _SANS, _HEI, _SANS_BOLD),
    "micro": Type(_MICRO, _DEJA, _MICRO, _DEJA_BOLD),
    "wenkai": Type(_WENKAI, _DEJA, _WENKAI_BOLD, _DEJA_BOLD),
    "wenkai_light": Type(_WENKAI_LIGHT, _SERIF, _WENKAI, _SERIF_BOLD),
    "noto_serif": Type(_noto("Serif", "Regular"), _SERIF, _noto("Serif", "Bold"), _SERIF_BOLD),
    "noto_sans": Type(_noto("Sans", "Regular"), _SANS, _noto("Sans", "Bold"), _SANS_BOLD),
    "noto_light": Type(_noto("Sans", "Light"), _SERIF, _noto("Sans", "Medium"), _SERIF_BOLD),
    "babelstone": Type(_BABELSTONE, _CALADEA, _BABELSTONE, _CALADEA_BOLD),
    "droid": Type(_DROID, _CARLITO, _DROID, _CARLITO_BOLD),
    "mono": Type(_DROID, _MONO, _DROID, _MONO_BOLD),
    "noto_medium": Type(_noto("Serif", "Medium"), _CALADEA, _noto("Serif", "SemiBold"), _CALADEA_BOLD),
}
SEAL_FACES: dict[str, Face] = {
    "song": _UMING,
    "song2": _noto("Serif", "Regular"),
    "bold": _noto("Serif", "Bold"),
    "sans": _noto("Sans", "Regular"),
    "kai": _UKAI,
}


@lru_cache(maxsize=256)
def load(face: Face, size: int) -> ImageFont.FreeTypeFont:
    """Return the face at `size` pixels."""
    return ImageFont.truetype(face.path, size, index=face.index)


def is_chinese(character: str) -> bool:
    """Return whether the Chinese face sets `character`: ideographs, full-width forms, their punctuation."""
    return "\u2e80" <= character <= "\u9fff" or "\uff00" <= character <= "\uffef" or character in "“”《》、。—·№"


@lru_cache(maxsize=8192)
def has(face: Face, character: str) -> bool:
    """Return whether a face can print a character: its picture differs from that of a character nobody has."""
    font = load(face, 24)
    return bytes(font.getmask(character)) != bytes(font.getmask("\U0010fffd"))


def _face_of(character: str, kind: Type, bold: bool) -> Face:
    if not is_chinese(character):
        own = kind.other_bold if bold else kind.other
        faces = (own, _SERIF_BOLD, _DEJA_BOLD) if bold else (own, _SERIF, _DEJA)
        return own if character.isspace() else next((face for face in faces if has(face, character)), own)
    face = kind.chinese_bold if bold else kind.chinese
    return face if has(face, character) else _COMPLETE


def runs(text: str, kind: Type, bold: bool = False) -> tuple[tuple[Face, str], ...]:
    """Return `text` cut into stretches of one face each; Arabic phrases stay whole, to be set from right to left."""
    found: list[tuple[Face, str]] = []
    at = 0
    while at < len(text):
        phrase = _ARABIC.match(text, at)
        face, piece = (_NASKH, phrase[0]) if phrase else (_face_of(text[at], kind, bold), text[at])
        if found and found[-1][0] == face and face != _NASKH:
            found[-1] = (face, found[-1][1] + piece)
        else:
            found.append((face, piece))
        at += len(piece)
    return tuple(found)


def width_mm(text: str, kind: Type, size_mm: float, bold: bool = False) -> float:
    """Return how wide `text` runs at `size_mm`."""
    return (
        sum(load(face, _MEASURED_AT).getlength(part) for face, part in runs(text, kind, bold)) * size_mm / _MEASURED_AT
    )
