"""Letters written in English only."""

from __future__ import annotations

from collections.abc import Callable

from samples.content import Letter
from samples.layouts.closing import close, english_date, grid, letterhead
from samples.paper.sheet import Sheets


def english_table(sheets: Sheets, letter: Letter) -> None:
    """An English letter with tables."""
    letterhead(sheets, letter, english=True)
    sheets.centre("CONFIRMATION OF AFTER-SALES MAINTENANCE SERVICE", size=5.0, bold=True)
    sheets.down(3)
    if letter.number:
        sheets.paragraph(f"Ref. No.: {letter.number}")
    sheets.paragraph(f"To: {letter.exporter_en}")
    if letter.country_text_en:
        sheets.paragraph(f"Country of export: {letter.country_text_en}")
    sheets.paragraph("We confirm that the vehicles below, made by us, are serviced by the outlets below.")
    sheets.down(2)
    rows = [("No.", "VIN", "Brand", "Model", "Date of registration")]
    for number, v in enumerate(letter.vehicles, 1):
        rows.append((str(number), v.vin, v.brand_en, v.model, english_date(v.registration_date)))
    grid(sheets, (12, 52, 28, 34, 36), rows, size=3.5)
    if letter.outlets:
        rows = [("Service provider", "Address", "Contact", "Telephone")]
        rows += [(o.name, o.address, o.contact, o.phone) for o in letter.outlets]
        grid(sheets, (44, 56, 28, 34), rows, size=3.5)
    if letter.valid_until:
        sheets.paragraph(f"Valid until {english_date(letter.valid_until)}")
    close(sheets, (letter.issuer_en, english_date(letter.issued_on)), mark="")


def english_prose(sheets: Sheets, letter: Letter) -> None:
    """An English letter in sentences with a list of outlets."""
    sheets.paragraph(letter.issuer_en, bold=True)
    sheets.paragraph(english_date(letter.issued_on))
    if letter.number:
        sheets.paragraph(f"Letter No. {letter.number}")
    sheets.down(4)
    sheets.centre("After-Sales Service Confirmation Letter", size=5.4, bold=True)
    to = f" to {letter.country_text_en}" if letter.country_text_en else ""
    sheets.paragraph(
        f"We, {letter.issuer_en}, hereby confirm that after-sales maintenance will be provided for the vehicles "
        f"exported{to} by {letter.exporter_en}:"
    )
    for v in letter.vehicles:
        day = english_date(v.registration_date)
        sheets.paragraph(f"- {v.brand_en} {v.model}, VIN {v.vin}, registered on {day}", hang=4)
    if letter.outlets:
        sheets.paragraph("Service outlets:")
    for number, o in enumerate(letter.outlets, 1):
        at = f", {o.address}" if o.address else ""
        sheets.paragraph(f"{number}. {o.name}{at}; contact: {o.contact}, tel. {o.phone}", hang=5)
    if letter.valid_until:
        sheets.paragraph(f"This letter is valid until {english_date(letter.valid_until)}.")
    close(sheets, (letter.issuer_en, f"Date: {english_date(letter.issued_on)}"), mark="")


LAYOUTS: dict[str, Callable[[Sheets, Letter], None]] = {
    "english_table": english_table,
    "english_prose": english_prose,
}
