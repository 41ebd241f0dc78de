"""Whether the exporter that the letter names is the one that applied (648-1(2))."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.formats.chinese import has_chinese
from verifier.formats.names import LEGAL_FORM, normalise_name
from verifier.formats.organisations import find_organisations
from verifier.formats.pinyin import spelt_share
from verifier.letter import Field
from verifier.report import Check
from verifier.rules.case import Case, evidence_of
from verifier.rules.catalogue import failed, noted, passed, skipped, unsure

SPELT_OTHERWISE = 0.17
"""Share of a name's own characters up to which a Latin name is not its pinyin: one syllable of six occurs by chance;
霍尔果斯陆港 as "Khorgos Lugang" has two."""


def check_applicant(case: Case) -> Iterator[Check]:
    """Where the letter names the exporter, it is the applicant; one in another script is at least spelt like it.

    A company that the letter is addressed to may be somebody else: a difference there is for a person.
    """
    exporter, addressee = case.seen.letter.exporter, case.seen.letter.addressee
    addressed = exporter is None and addressee is not None and _is_company(addressee)
    field = addressee if addressed else exporter
    applicants = {record.applicant for _, record, _ in case.matched() if record.applicant}
    if field is None or not applicants:
        yield skipped("record.applicant", "not_stated")
        return
    details = {
        "found": field.value,
        "expected": ", ".join(sorted(applicants)),
        "evidence": evidence_of(field),
    }
    company = _company_of(field.value)
    named, said = {normalise_name(name) for name in applicants}, normalise_name(field.value)
    if named == {said} or (addressed and all(name in said for name in named)):  # others may be addressed beside it
        yield passed("record.applicant", **details)
    elif all(has_chinese(name) != has_chinese(company) for name in applicants):
        if any(_is_spelt(name, company) for name in applicants):
            yield noted("record.applicant", "other_script", **details)
        else:
            yield unsure("record.applicant", "spelt_otherwise", **details)
    elif addressed:
        yield unsure("record.applicant", "addressed_otherwise", **details)
    else:
        yield failed("record.applicant", "differs", **details)


def _company_of(text: str) -> str:
    """Return the company of an address line: X Co., Ltd., 满洲里."""
    named = next((one for one in find_organisations(text) if one.formed), None)
    return text[named.start : named.stop] if named else text


def _is_company(addressee: Field) -> bool:
    """Return whether a letter is addressed to a company, not to an authority or a person."""
    return LEGAL_FORM.search(addressee.value) is not None


def _is_spelt(one: str, other: str) -> bool:
    """Return whether of two names in Chinese and Latin script one may be the other's pinyin."""
    chinese, latin = (other, one) if not has_chinese(one) else (one, other)
    return spelt_share(chinese, latin) > SPELT_OTHERWISE
