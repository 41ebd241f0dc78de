"""Whether a seal was printed instead of stamped: by a computer's flat colour or noise, or by a printer's dots.

Stamped ink is uneven at every scale. A seal drawn by a program and laid into a scan is of one colour wherever its
strokes are wide, or strewn with pixels that have nothing to do with each other; one from a colour printer is made of
dots on a grid, which stand out of its ink's spectrum as peaks, or of dots thrown at random, which change its hue.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from verifier.page import Pixels
from verifier.seals.planes import PAPER_DARKEST, PAPER_PERCENTILE, Mask, Plane, as_plane
from verifier.seals.rings import Ring

FLAT, SPECKLES, SCREENED = "flat", "speckled", "screened"

FLATTEST, SMOOTHED_MM = 1.8, 0.1
"""Grey levels, the spread of the middle half of the ink deep within strokes as a standard deviation, a scanner's noise
smoothed over some width: the least of 325 seals of three generators is 3.6 (300 dpi); one drawn by a program and laid
into a scan whose noise was added after has 1.3, 2.6 if not smoothed; of 19 laid in without noise 13 have 0 to 1.1, and
scans compressed into two flat layers (MRC), whose ink cannot be judged, 0."""
SPECKLED, LEAST_SPECKS = 0.75, 20.0
"""Correlation of neighbouring pixels deep within strokes under which ink is strewn pixel by pixel, and its least
spread, grey levels: light that passes a lens is never so. The least of 325 seals of three generators is 0.94; a drawn
seal with noise for ink has 0.47."""
SPECKS_WITHIN_PX = 6.0
"""Pixels over which specks are told from tone."""
DOTTED = 19.0
"""Power of the highest peak in the ink's spectrum over its neighbourhood. The most of 268 stamped seals is 15 (coarse
JPEGs of 150 and 200 dpi), of 1,500 more 18.01; 20 of 24 printed with 150 to 200 lines an inch lie above 18, most of
them twice."""
OF_ONE_INK, LEAST_DOTS, TONE_MM = 0.5, 0.25, 0.25
"""Correlation of how densely ink takes green and blue, beside its tone over the third, under which these are two inks,
and the least spread of both. Of 135 stamped seals of three generators never seen before the least has 0.62, the next
0.73; of five printed by theirs three have 0.41 to 0.43, dots set at random among them, which no peak shows."""
APART = 0.25
"""Spread of green less blue, both as densities, above which two inks lie side by side, however alike they grow paler:
the most of 245 stamped seals of four generators is 0.18 (a page with much colour noise), of an ink-jet's 0.33."""
DARKEST = 0.12
"""Share of the paper's light below which a colour's density is not told: the logarithm of next to nothing is noise, and
three of 260 seals of an unknown generator, dark and evenly inked, lay above `APART` by it."""
DITHERED = 0.031
"""Geometric mean of how unevenly ink takes green less blue and red, as shares of paper's light, from which its hue is
made of dots thrown at random. The most of 579 stamped seals of three generators is 0.025, of 480 more scanned with much
noise, sharpened or under red print 0.028; of 50 printed at random and scanned at 300 dpi 45 have 0.032 to 0.071, one
0.029, four are speckled; 10 of an ink-jet at 200 dpi and in photographs have 0.032 to 0.044. Finer dots are told from
no stamp there (0.017 to 0.033)."""
DITHER_MM = 0.085
"""A pixel of 300 dpi: much finer ones are joined, for the sake of their noise; dots still show."""
NOISE_CUT_OFF = 2.0
"""Times the noise that bare paper shows, taken off the ink's unevenness: near white, half of it may be cut off."""
BARE, FROM_INK_MM = 0.85, 0.5
"""Share of the paper's light from which it is bare in every colour, and how far that is from anything else."""
LARGEST = 640
"""Pixels: of a larger seal the middle is looked at, whose star and lines tell as much."""
FAINTEST = 0.15
"""Red over green and blue, as a share of paper, from which a pixel is ink."""
FEWEST_INKED = 500
INKED_SHARE = 0.5
"""Of the seal's own redness: ink."""
OVERPRINTED = 0.8
"""Below this share of the ink's own red light black print lies over it."""
STROKE_MM, DEEP_MM, GRAIN_MM = 0.10, 0.35, 0.12
"""Edges left out of the spectrum and of the flatness (compression and sharpening ring there), and the width over which
ink is told from its surroundings."""
LEAST_DEEP_MM2 = 1.5
"""A star or a rim shows ten times as much; thinner seals have no place where flatness could be seen."""
CLIPPED_AT = 3.0
"""Standard deviations: single specks do not make peaks."""
LOWEST, AXIS, GRID_WIDTH = 0.14, 3, 2.5
"""Cycles a pixel from which grids are looked for, and the spectrum's samples around its axes and around the
frequencies of JPEG's blocks that are left out: edges of blocks repeat every eight pixels in any scan."""
BLOCK = 8
ON_AXIS = 0.03
NEIGHBOURHOOD = 33
"""Samples of the spectrum that a peak is held against, its width and height."""


def printed_as(pixels: Pixels, ring: Ring) -> str | None:
    """Return FLAT, SPECKLES or SCREENED where a coloured seal was printed so, None where nothing says so.

    `pixels` is the page as captured, shape (height, width, 3), RGB; `ring` the seal's rim on it.
    """
    cut, pixel_mm = _cut(pixels, ring)
    light, ink = _ink_of(cut)
    if int(ink.sum()) < FEWEST_INKED:
        return None
    edge = max(1, round(STROKE_MM / pixel_mm))
    square = np.ones((2 * edge + 1, 2 * edge + 1), np.uint8)
    whole = cv2.morphologyEx(ink.astype(np.uint8), cv2.MORPH_CLOSE, square).astype(np.uint8)
    deep = _eroded(whole, DEEP_MM / pixel_mm)
    if _is_flat(light, deep, pixel_mm):
        return FLAT
    strokes = cv2.erode(whole, square)
    if int(strokes.sum()) < FEWEST_INKED:
        return None
    if _highest_peak(_grain(light, as_plane(strokes), GRAIN_MM / pixel_mm)) > DOTTED:
        return SCREENED
    if _is_flat(_smooth(light, as_plane(whole), SMOOTHED_MM / pixel_mm), deep, pixel_mm):
        return FLAT  # beneath a scanner's noise; a printer's dots are as even
    if _is_speckled(light, deep):
        return SPECKLES
    return SCREENED if _is_of_two_inks(cut, strokes > 0, pixel_mm) or _is_dithered(cut, whole, pixel_mm) else None


def _is_of_two_inks(cut: Pixels, strokes: Mask, pixel_mm: float) -> bool:
    """Return whether green and blue change apart within strokes, as where one ink takes the one and another the other:
    magenta and yellow of a printer lie in dots of their own, a stamp's ink is one.
    """
    share, weight = np.clip(cut / _paper_of(cut), DARKEST, 1.2).astype(np.float32), as_plane(strokes)
    around = max(TONE_MM / pixel_mm, 1.0)
    green, blue = (_beside_tone(as_plane(-np.log(share[..., channel])), weight, around)[strokes] for channel in (1, 2))
    spreads = float(green.std()), float(blue.std())
    if float((green - blue).std()) > APART:
        return True
    if min(spreads) < LEAST_DOTS:
        return False
    return float((green * blue).mean()) / (spreads[0] * spreads[1]) < OF_ONE_INK


def _is_dithered(cut: Pixels, whole: NDArray[np.uint8], pixel_mm: float) -> bool:
    """Return whether ink deep within strokes changes its hue and takes red light in places: yellow, magenta and cyan or
    black are thrown at random. Compression that blurs their hues makes them grow paler together, hence not two inks.
    """
    join = max(1, round(DITHER_MM / pixel_mm))
    size = (cut.shape[1] // join, cut.shape[0] // join)
    joined, inked = (cv2.resize(one, size, interpolation=cv2.INTER_AREA) for one in (cut, whole))
    share, mm = np.clip(joined / _paper_of(cut), 0.0, 1.2).astype(np.float32), pixel_mm * join
    deep = _eroded(inked.astype(np.uint8), DEEP_MM / mm)
    bare = _eroded((share.min(axis=2) > BARE).astype(np.uint8), FROM_INK_MM / mm)
    if min(int(deep.sum()), int(bare.sum())) < FEWEST_INKED:
        return False
    hue, red = as_plane(share[..., 1] - share[..., 2]), as_plane(share[..., 0])
    around = max(TONE_MM / mm, 1.0)
    return _unevenness(hue, deep, bare, around) * _unevenness(red, deep, bare, around) > DITHERED**2


def _unevenness(plane: Plane, deep: Mask, bare: Mask, around: float) -> float:
    """Return how much a plane differs from its tone deep within strokes, beyond the noise of bare paper."""
    inked, paper = (_spread(_beside_tone(plane, as_plane(where), around)[where]) for where in (deep, bare))
    return float(np.sqrt(max(inked**2 - (NOISE_CUT_OFF * paper) ** 2, 0.0)))


def _cut(pixels: Pixels, ring: Ring) -> tuple[Pixels, float]:
    """Return the seal's square of the page, no larger than `LARGEST`, and a pixel's width in mm of a 40-mm seal."""
    reach = min(round(ring.major * 1.1), LARGEST // 2)
    x, y = round(ring.cx), round(ring.cy)
    cut = pixels[max(y - reach, 0) : y + reach, max(x - reach, 0) : x + reach]
    return cut, 20.0 / ring.major


def _paper_of(cut: Pixels) -> NDArray[np.float64]:
    """Return the paper's own red, green and blue."""
    return np.maximum(np.percentile(cut[::3, ::3].reshape(-1, 3), PAPER_PERCENTILE, axis=0), PAPER_DARKEST)


def _beside_tone(plane: Plane, strokes: Plane, sigma: float) -> Plane:
    """Return how a plane differs from what lies around it within strokes."""
    return as_plane(plane - _smooth(plane, strokes, sigma))


def _smooth(plane: Plane, strokes: Plane, sigma: float) -> Plane:
    """Return a plane smoothed within strokes, the paper beside them left out."""
    inked = cv2.GaussianBlur(plane * strokes, (0, 0), sigma)
    return as_plane(inked / np.maximum(cv2.GaussianBlur(strokes, (0, 0), sigma), 1e-3))


def _ink_of(cut: Pixels) -> tuple[Plane, Mask]:
    """Return the light of green and blue, 0 to 255, and where red ink lies that no print covers."""
    paper = _paper_of(cut)
    red = as_plane(cut[..., 0] / paper[0])
    light = as_plane(cut[..., 1:].mean(axis=2, dtype=np.float32))
    excess = red - light / float(paper[1:].mean())
    coloured = excess > FAINTEST
    if int(coloured.sum()) < FEWEST_INKED:
        return light, np.zeros(red.shape, np.bool_)
    ink = excess > INKED_SHARE * float(np.percentile(excess[coloured], 60))
    return light, ink & (red > OVERPRINTED * float(np.percentile(red[ink], 60)))


def _eroded(mask: NDArray[np.uint8], radius: float) -> Mask:
    reach = max(1, round(radius))
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
    return cv2.erode(mask, disc).astype(np.bool_)


def _is_flat(light: Plane, deep: Mask, pixel_mm: float) -> bool:
    """Return whether the ink deep within strokes is of one tone."""
    return float(deep.sum()) * pixel_mm**2 >= LEAST_DEEP_MM2 and _spread(light[deep]) < FLATTEST


def _is_speckled(light: Plane, deep: Mask) -> bool:
    """Return whether neighbouring pixels deep within strokes have hardly to do with each other."""
    pairs = deep[:, 1:] & deep[:, :-1]
    if int(pairs.sum()) < FEWEST_INKED or _spread(light[deep]) < LEAST_SPECKS:
        return False
    specks = light - cv2.GaussianBlur(light, (0, 0), SPECKS_WITHIN_PX)
    here, beside = specks[:, 1:][pairs], specks[:, :-1][pairs]
    return float((here * beside).mean()) < SPECKLED * float(np.sqrt((here**2).mean() * (beside**2).mean()))


def _spread(levels: NDArray[np.floating]) -> float:
    """Return the spread of the middle half as a standard deviation."""
    low, high = np.percentile(levels, [25, 75])
    return float(high - low) / 1.35


def _grain(light: Plane, strokes: Plane, sigma: float) -> Plane:
    """Return how the ink differs from its surroundings within strokes, zero elsewhere."""
    grain = _beside_tone(light, strokes, max(sigma, 1.5)) * strokes
    limit = CLIPPED_AT * float(np.sqrt((grain**2).sum() / strokes.sum()))
    return as_plane(np.clip(grain, -limit, limit))


def _highest_peak(grain: Plane) -> float:
    """Return the highest ratio of a sample of the power spectrum to its neighbourhood's geometric mean."""
    size = cv2.getOptimalDFTSize(max(grain.shape))
    spectrum = np.fft.fftshift(np.fft.rfft2(grain, (size, size)), axes=0)
    power = as_plane(spectrum.real**2 + spectrum.imag**2)
    usual = np.exp(cv2.blur(np.log(power + 1e-3), (NEIGHBOURHOOD, NEIGHBOURHOOD)))
    ratio = cv2.blur(power, (3, 3)) / (usual + 1e-3)
    return float(ratio[_looked_at(size)].max(initial=0.0))


def _looked_at(size: int) -> Mask:
    """Return which samples of a spectrum of `size`, shape (size, size // 2 + 1), may show a printer's grid."""
    down = np.fft.fftshift(np.fft.fftfreq(size))[:, None]
    across = np.fft.rfftfreq(size)[None]
    of_blocks = [np.abs(f * BLOCK - np.round(f * BLOCK)) / BLOCK < GRID_WIDTH / size for f in (down, across)]
    blocks = (of_blocks[0] | (np.abs(down) < ON_AXIS)) & (of_blocks[1] | (np.abs(across) < ON_AXIS))
    axes = (np.abs(down) <= AXIS / size) | (np.abs(across) <= AXIS / size)
    looked: Mask = (np.hypot(down, across) > LOWEST) & ~blocks & ~axes
    return looked
