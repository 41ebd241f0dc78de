"""The typefaces letters are set in: one for Chinese, one for everything else, and how wide their text runs."""

from __future__ import annotations

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

TYPES: dict[str, Type] = {
    "song": Type(_SONG, _SERIF, _HEI, _SERIF_BOLD),
    "uming": Type(_UMING, _SERIF, _HEI, _SERIF_BOLD),
    "kai": Type(_KAI, _SERIF, _KAI, _SERIF_BOLD),
    "ukai": Type(_UKAI, _SANS, _HEI, _SANS_BOLD),
    "hei": Type(_HEI, _SANS, _HEI, _SANS_BOLD),
    "micro": Type(_MICRO, _DEJA, _MICRO, _DEJA_BOLD),
    "noto_serif": Type(_noto("Serif", "Regular"), _SERIF, _noto("Serif", "Bold"), _SERIF_BOLD),
    "noto_sans": Type(_noto("Sans", "Regular"), _SANS, _noto("Sans", "Bold"), _SANS_BOLD),
    "noto_light": Type(_noto("Sans", "Light"), _SERIF, _noto("Sans", "Medium"), _SERIF_BOLD),
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


def runs(text: str, kind: Type, bold: bool = False) -> tuple[tuple[Face, str], ...]:
    """Return `text` cut into stretches of one face each."""
    chinese = kind.chinese_bold if bold else kind.chinese
    other = kind.other_bold if bold else kind.other
    found: list[tuple[Face, str]] = []
    for character in text:
        face = chinese if is_chinese(character) else other
        if found and found[-1][0] == face:
            found[-1] = (face, found[-1][1] + character)
        else:
            found.append((face, character))
    return tuple(found)


def width_mm(text: str, kind: Type, size_mm: float, bold: bool = False) -> float:
    """Return how wide `text` runs at `size_mm`."""
    return (
        sum(load(face, _MEASURED_AT).getlength(part) for face, part in runs(text, kind, bold)) * size_mm / _MEASURED_AT
    )
