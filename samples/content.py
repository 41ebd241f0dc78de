"""What a letter says, how its sheet is made, and what the office's records say about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samples.paper.dress import PLAIN, Dress
from samples.world.maker import Maker
from samples.world.place import Outlet, Place
from samples.world.vehicles import Vehicle

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """What is printed. An empty `country_text` prints no destination; `number` may be empty too."""

    number: str
    issuer: str
    issuer_en: str
    city: str
    issued_on: date
    valid_until: date | None
    exporter: str
    exporter_en: str
    country: str
    country_text: str
    country_text_en: str
    vehicles: tuple[Vehicle, ...]
    outlets: tuple[Outlet, ...]
    destinations: tuple[Destination, ...] = ()
    """Where vehicles go to several countries: all of them; `country` and the texts are the first one's."""
    stated_count: int | None = None
    """The number of vehicles that a sentence states, where it is not the number listed."""

    @property
    def count(self) -> int:
        """The number of vehicles that a sentence states."""
        return len(self.vehicles) if self.stated_count is None else self.stated_count


@dataclass(frozen=True, slots=True)
class Destination:
    """One of several countries of a letter, with the vehicles that go there and the outlets that serve them."""

    place: Place
    vehicles: tuple[Vehicle, ...]
    outlets: tuple[Outlet, ...]


@dataclass(frozen=True, slots=True)
class SealPlan:
    """One impression; the same `seed` gives the same pixels. `over_print` stamps across the closing lines."""

    text: str
    seed: int
    shape: str = "round"
    diameter_mm: float = 40.0
    star: bool = True
    code: str = ""
    bottom: str = ""
    face: str = "song"
    ink: str = "red"
    wear: float = 0.3
    over_print: bool = True
    degrees: float = 0.0
    doubled_mm: float = 0.0
    """How far the stamp slipped when it was lifted; 0 leaves one clean impression."""
    faint: float = 0.0
    """How dry the pad was, in [0, 1)."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A further seal on the closing page, (`dx`, `dy`) mm from the first one's middle."""

    seal: SealPlan
    dx: float
    dy: float


@dataclass(frozen=True, slots=True)
class Capture:
    """How the paper became a file; `form` is png, jpg, tif, pdf_scan or pdf_born.

    `producer` prints pdf_born. `photo` is flat, tilted, dim or curled for a phone's picture. Wear, in [0, 1] or counts,
    comes before the scanner: `folds`, `holes` (punched), `stains`, `bleed` (print of the other side), `faded`
    (toner), `copies` (generations of photocopies).
    """

    form: str = "jpg"
    dpi: int = 300
    colour: str = "colour"
    quality: int = 88
    noise: float = 2.5
    blur: float = 0.6
    skew_degrees: float = 0.0
    turned: int = 0
    shading: float = 0.0
    layer: bool = False
    producer: str = "reportlab"
    photo: str = ""
    folds: int = 0
    holes: bool = False
    stains: int = 0
    bleed: float = 0.0
    faded: float = 0.0
    copies: int = 0
    streaks: int = 0
    """Lines down the sheet from dust in a feeder."""
    resent_px: int = 0
    """Pixels of the long side to which a messenger shrank the picture; 0 where it came as it was."""
    whitened: bool = False
    """A phone's scanner app cut the sheet out and pulled its paper to white."""


@dataclass(frozen=True, slots=True)
class Records:
    """What the registration certificates and the application say, apart from the letter."""

    application: str
    vehicles: tuple[Vehicle, ...]
    manufacturer: str
    export_country: str
    applicant: str
    applied_on: date
    received_on: date


@dataclass(frozen=True, slots=True)
class Plan:
    """One letter to make. Pairs are (shown, stated): what the page shows, and what something says instead."""

    index: int
    seed: int
    letter: Letter
    records: Records
    maker: Maker
    layout: str
    type_name: str
    seal: SealPlan | None
    capture: Capture
    dress: Dress = PLAIN
    further_seals: tuple[Stamp, ...] = ()
    straddling: bool = False
    """Pages of a longer letter are stamped together across their right edges instead of one by one."""
    off_edge: bool = False
    """The seal runs over the paper's right edge."""
    layer_swaps: Pairs = ()
    overlay_swaps: Pairs = ()
    by_hand: tuple[str, ...] = ()
    """Texts that are written into the printed letter with a blue pen."""
    struck: tuple[str, ...] = ()
    """Texts that a pen struck through."""
    patches: Pairs = ()
    patch_kind: str = "typed"
    """How the patches came onto the scan: one of `captures.patching.WAYS`."""
    """Texts pasted over in the scan's pixels."""
    file_lie: str = ""
    """What the file holds beside what it shows, by name in samples.forgeries.files."""
    lie_pairs: Pairs = ()
    defect: str | None = None
    must_trip: tuple[str, ...] = ()
    kept_aside: bool = False
    capture_name: str = ""
    joined: Plan | None = None
    """A second letter in the same file, its pages after this one's."""
    pasted_from: Plan | None = None
    """The letter whose scanned seal pixels were copied into this one's scan."""
