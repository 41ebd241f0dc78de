"""What a document claims. Every value carries where it stands and how sure its reading is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from verifier.page import Box, Source


class Kind(StrEnum):
    """What sort of paper a document is."""

    CONFIRMATION_LETTER = "confirmation_letter"
    MODIFICATION_PROOF = "modification_proof"
    REGISTRATION_CERTIFICATE = "registration_certificate"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reader saw at a field's place."""

    text: str
    confidence: float
    source: Source


@dataclass(frozen=True, slots=True)
class Field:
    """A claimed value with its evidence.

    `value` is normalised (ISO 3166 alpha-2 country, ISO 8601 date, VIN in capitals without spaces, otherwise
    the text in NFKC with single spaces); `text` is what stands on the page. `doubt` names why the value is
    not certain (`ambiguous`, `low_confidence`, `handwritten`, `conflict`), None where it is.
    """

    value: str
    text: str
    confidence: float
    page: int
    box: Box | None
    source: Source = Source.OCR
    doubt: str | None = None
    readings: tuple[Reading, ...] = ()
    """Other readers' views of the same place (text layer, second reader), unfiltered."""


@dataclass(frozen=True, slots=True)
class VehicleClaim:
    """One vehicle as the document states it; only the VIN must be there."""

    vin: Field
    brand: Field | None = None
    model: Field | None = None
    registration_date: Field | None = None
    transfer_date: Field | None = None
    export_country: Field | None = None


@dataclass(frozen=True, slots=True)
class ServiceOutlet:
    """One overseas service outlet: who provides the service, and where."""

    name: Field | None = None
    address: Field | None = None
    contact: Field | None = None
    phone: Field | None = None
    country: Field | None = None
    """Demonstrated by a country name, a city or an unambiguous dial code; None where undecidable."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What a document of any kind claims; fields that its kind does not have stay None.

    `mislabelled_country` is the text where a country label was found whose value is no country
    ("overseas", "Central Asia"), so that the advice can name it.
    """

    kind: Kind
    title: Field | None = None
    number: Field | None = None
    issuer: Field | None = None
    issued_on: Field | None = None
    valid_until: Field | None = None
    valid_from: Field | None = None
    """From when the letter holds, where it says so by a day."""
    unread_validity: Field | None = None
    """What stands where the last day of validity is stated, if that is no day that could be read."""
    addressee: Field | None = None
    exporter: Field | None = None
    export_country: Field | None = None
    export_countries: tuple[Field, ...] = ()
    destinations_together: bool = False
    """True where one value or sentence names all of several destinations, for all vehicles alike: 加纳、约旦."""
    mislabelled_country: Field | None = None
    vehicles: tuple[VehicleClaim, ...] = ()
    outlets: tuple[ServiceOutlet, ...] = ()
    stated_vehicle_count: Field | None = None
    page_claims: tuple[Field, ...] = ()
    """Footers "page x of y", value "x/y"."""
    unassigned_dates: tuple[Field, ...] = ()
    unassigned_models: tuple[Field, ...] = ()
    unassigned_brands: tuple[Field, ...] = ()
    """Dates and model designations among the vehicles, and brands anywhere, that no field accounts for: a layout half
    understood."""
    reservations: tuple[Field, ...] = ()
    """Where the paper says that it is void, a draft, or does not confirm what such letters confirm."""
    says_no_service: bool = False
    """True where a letter, whatever its title, has no word of service after sales in its text."""
    # proof of modification
    chassis_brand: Field | None = None
    chassis_model: Field | None = None
    modified_brand: Field | None = None
    modified_model: Field | None = None
    announcement: Field | None = None
    ccc_certificate: Field | None = None
    # registration certificate
    owner: Field | None = None
    manufacturer: Field | None = None
    mortgaged: Field | None = None
