# ruff: noqa: E501 - an office's words read best where they are chosen
"""Letters of overseas departments in English: a business letter, a maker's data sheet, a numbered undertaking."""

from __future__ import annotations

from collections.abc import Callable

from samples.content import Letter
from samples.layouts.closing import close, english_date, grid
from samples.layouts.wording import by_model, home_phone, wording_of
from samples.paper.sheet import Rule, Sheets


def business_letter(sheets: Sheets, letter: Letter) -> None:
    """Sender's address and web at the head, addressee's block, subject line, vehicles and outlets within sentences."""
    words = wording_of(letter)
    sheets.put(sheets.left, letter.issuer_en, size=4.8, bold=True)
    sheets.down(6)
    sheets.put(sheets.left, f"No. 18 Innovation Road, {letter.city} Economic Zone, P.R. China", size=3.0)
    sheets.down(4.6)
    sheets.put(
        sheets.left,
        f"Tel: +86 {home_phone(words)[1:]}   Web: www.example-auto.com   service@example-auto.com",
        size=3.0,
    )
    sheets.pages[-1].append(Rule(sheets.left, sheets.y + 2.5, sheets.right, sheets.y + 2.5, 0.4))
    sheets.down(11)
    sheets.paragraph(words.choice((english_date, _american))(letter.issued_on))
    if letter.number:
        sheets.paragraph(f"{words.choice(('Our reference', 'Our Ref', 'Letter ref.'))}: {letter.number}")
    sheets.down(2)
    for line in (letter.exporter_en, "Attn: Export Department", "P.R. China"):
        sheets.paragraph(line)
    sheets.down(2)
    sheets.paragraph(words.choice(("Dear Sirs,", "Dear Sir or Madam,", "Dear Madam or Sir,")))
    sheets.paragraph(
        words.choice(
            ("Re: Confirmation of after-sales maintenance service", "Subject: After-sales service confirmation")
        ),
        bold=True,
    )
    to = f" to {letter.country_text_en}" if letter.country_text_en else ""
    sheets.paragraph(
        f"With reference to your application to export used vehicles{to}, we, the manufacturer, confirm the following in "
        "accordance with Notice Shang Mao Han [2025] No. 648 dated 11 November 2025."
    )
    for model, vehicles in by_model(letter.vehicles):
        listed = [f"{v.vin} (registered {english_date(v.registration_date)})" for v in vehicles]
        joined = " and ".join((", ".join(listed[:-1]), listed[-1])) if len(listed) > 1 else listed[0]
        unit = "unit" if len(listed) == 1 else "units"
        sheets.paragraph(f"{vehicles[0].brand_en} {model}, {len(listed)} {unit}, VIN {joined}.")
    leads = (
        "Our authorised partner in the market is",
        "Repairs and maintenance are carried out by",
        "Service is rendered by",
    )
    for o in letter.outlets:
        at = (
            words.choice((", located at {}", ", whose workshop is at {}", " ({})")).format(o.address)
            if o.address
            else ""
        )
        sheets.paragraph(f"{words.choice(leads)} {o.name}{at}. Please contact {o.contact} on {o.phone}.")
    if letter.valid_until:
        sheets.paragraph(f"This confirmation remains valid until {english_date(letter.valid_until)}.")
    sheets.paragraph("The vehicles were made in China and carry a warranty of 36 months or 100,000 km.")
    sheets.down(2)
    sheets.paragraph(words.choice(("Yours faithfully,", "Yours sincerely,", "Best regards,")))
    close(sheets, (letter.issuer_en, words.choice(("After-sales Director", "General Manager"))), mark="")


def _american(day: object) -> str:
    """Return `January 15, 2026`."""
    date, month, year = english_date(day).split()  # type: ignore[arg-type]
    return f"{month} {date}, {year}"


def data_sheet(sheets: Sheets, letter: Letter) -> None:
    """A private maker's sheet in two columns of label and value, outlets one a line with strokes between."""
    words = wording_of(letter)
    sheets.put(
        sheets.left,
        words.choice(("AFTER-SALES SUPPORT CONFIRMATION", "Service Coverage Confirmation")),
        size=6.0,
        bold=True,
    )
    sheets.down(10)
    pairs = [
        (words.choice(("Document ID", "Doc. No.", "Confirmation ID")), letter.number),
        (words.choice(("Issue date", "Date of issue", "Issued")), english_date(letter.issued_on)),
        (words.choice(("Exporter of record", "Exporter", "Exported by")), letter.exporter_en),
        (words.choice(("Destination market", "Country of destination", "Market")), letter.country_text_en),
        (words.choice(("Manufacturer", "Vehicle manufacturer", "OEM")), letter.issuer_en),
        (words.choice(("Valid through", "Valid until", "Expiry")), english_date(letter.valid_until) if letter.valid_until else ""),
        ("Country of origin", "China"), ("Port of loading", words.choice(("Khorgos", "Tianjin", "Shanghai"))),
    ]  # fmt: skip
    pairs = [pair for pair in pairs if pair[1]]
    half = (sheets.right - sheets.left) / 2
    for index in range(0, len(pairs), 2):
        lines = 0
        for column, (label, value) in enumerate(pairs[index : index + 2]):
            x = sheets.left + column * half
            sheets.put(x, label, size=3.0)
            found = sheets.broken(value, half - 4, size=3.7)
            for number, line in enumerate(found):
                sheets.put(x, line, size=3.7, y=sheets.y + 5.4 + 5.0 * number)
            lines = max(lines, len(found))
        sheets.down(5.4 + 5.0 * lines + 3.4)
    sheets.paragraph(words.choice(("Covered vehicles", "Vehicles")), bold=True)
    head = (
        words.choice(("VIN", "Chassis number")),
        "Brand",
        words.choice(("Model", "Type")),
        "Colour",
        "First registered",
    )
    rows = [head]
    rows += [
        (v.vin, v.brand_en, v.model, words.choice(("White", "Black")), english_date(v.registration_date))
        for v in letter.vehicles
    ]
    grid(sheets, (48, 34, 32, 16, 34), rows, size=3.4, ruled=bool(words.randrange(2)))
    if letter.outlets:
        sheets.paragraph(words.choice(("Service network", "Authorised workshops", "Service points")), bold=True)
    for o in letter.outlets:
        sheets.paragraph(" | ".join(part for part in (o.name, o.address, o.contact, o.phone) if part), hang=4)
    close(sheets, (letter.issuer_en, "(stamp)"), mark="")


def undertaking(sheets: Sheets, letter: Letter) -> None:
    """Numbered paragraphs with sub-paragraphs; dates in figures; the registered office at the foot."""
    words = wording_of(letter)
    sheets.centre(
        words.choice(("MANUFACTURER'S CONFIRMATION OF AFTER-SALES SERVICE", "AFTER-SALES SERVICE UNDERTAKING")),
        size=5.2,
        bold=True,
    )
    sheets.down(3)
    if letter.number:
        sheets.paragraph(f"{words.choice(('Registration No.', 'File No.', 'Ref. No.'))} {letter.number}")
    sheets.paragraph(
        f"1. {letter.issuer_en} (the Manufacturer) issues this document to {letter.exporter_en} (the Exporter)."
    )
    to = f" The vehicles are destined for {letter.country_text_en}." if letter.country_text_en else ""
    sheets.paragraph(f"2. The Exporter exports {letter.count} used vehicle(s) made by the Manufacturer in China.{to}")
    for number, v in enumerate(letter.vehicles, 1):
        sheets.paragraph(
            f"2.{number} {v.brand_en} {v.model}; {words.choice(('VIN', 'chassis no.'))} {v.vin}; "
            f"{words.choice(('first registered on', 'registered'))} {v.registration_date.isoformat()}",
            indent=6, hang=12,
        )  # fmt: skip
    if letter.outlets:
        sheets.paragraph("3. After-sales maintenance in the country of use is provided by:")
    for number, o in enumerate(letter.outlets, 1):
        at = f"; address: {o.address}" if o.address else ""
        sheets.paragraph(
            f"3.{number} {o.name}{at}; {words.choice(('contact', 'responsible person'))}: {o.contact}; "
            f"{words.choice(('phone', 'tel.', 'telephone'))}: {o.phone}",
            indent=6, hang=12,
        )  # fmt: skip
    until = f" and ends on {letter.valid_until.isoformat()}" if letter.valid_until else ""
    sheets.paragraph(f"4. This document takes effect when signed{until}.")
    close(sheets, ("For and on behalf of", letter.issuer_en, f"Date: {letter.issued_on.isoformat()}"), mark="")
    sheets.down(16)
    sheets.paragraph(
        f"Registered office: 18 Innovation Road, {letter.city}, China. Customer hotline +86 {home_phone(words)[1:]}"
    )


LAYOUTS: dict[str, Callable[[Sheets, Letter], None]] = {
    "business_letter": business_letter,
    "data_sheet": data_sheet,
    "undertaking": undertaking,
}
ENGLISH = frozenset(LAYOUTS)
