"""What a file hides: its layer, overlays and earlier states, held against what the pixels show.

Pixels decide. Whatever else the file says is a second voice: where it contradicts a verdict field, an
official should know. Findings come back in upright coordinates; `field` names the verdict field that a
finding contradicts or touches ("vehicles[3].vin", counting from 0), None where it concerns no verdict field.
"""

from __future__ import annotations

from verifier.examination import Finding
from verifier.integrity.fields import verdict_fields
from verifier.integrity.hidden import find_hidden_values, find_homoglyphs
from verifier.integrity.layer import find_layer_conflicts
from verifier.integrity.overlays import name_touched_fields, upright_findings
from verifier.integrity.pen import find_pen
from verifier.integrity.slips import find_slips
from verifier.integrity.struck import find_struck
from verifier.integrity.traces import TRACES_VERSION, find_traces
from verifier.letter import Letter
from verifier.page import Page

__all__ = ["TRACES_VERSION", "examine", "find_pen", "find_slips", "find_struck", "find_traces"]


def examine(opened: tuple[Finding, ...], pages: tuple[Page, ...], letter: Letter) -> tuple[Finding, ...]:
    """Return all findings on a document: those of its opening, touched fields named, and those of its layer.

    `opened` are the opener's, in the file's own page coordinates.
    `layer_conflict`: the layer says another value than the pixels in a verdict field's box. `hidden_text`: a
    value of a verdict field's kind stands in hidden text and nowhere in the pixels. `homoglyph`: a vehicle
    number is spelt with letters of another alphabet. `overlay`: a picture stands where a value should be
    text. `stacked_scan`: a page's scan is hidden by another. Raises nothing.
    """
    fields = verdict_fields(letter)
    findings = upright_findings(opened, pages)
    return (
        *name_touched_fields(findings, fields, pages),
        *find_layer_conflicts(pages, fields, findings),
        *find_hidden_values(pages, fields, findings),
        *find_homoglyphs(pages, fields, findings),
    )
