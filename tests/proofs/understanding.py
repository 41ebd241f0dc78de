"""What extraction makes of letters that were read without a fault, layout by layout: nothing is scanned, so that
every layout is tried in many letters within a minute.

Run: make understanding, or python -m tests.proofs.understanding --letters 12 --layouts red_headed --show
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from samples.content import Plan
from samples.layouts import LAYOUTS
from samples.planning import HOLDOUT, genuine_plan
from samples.truth import truth_fields
from tests.proofs.ideal import Known, flagging, ideal_seal, judged, known_for
from tests.proofs.read_pages import read_pages
from verifier.examination import Examination
from verifier.extraction import extract
from verifier.formats.dates import find_dates
from verifier.formats.names import normalise_name
from verifier.letter import Field, Kind, Letter
from verifier.page import Page
from verifier.report import Verdict

FIELDS = (
    "kind", "number", "issuer", "issued_on", "valid_until", "country", "exporter", "vin", "no extra vin", "brand",
    "model", "registered", "outlet name", "outlet address", "outlet phone", "no extra outlet",
)  # fmt: skip
SEED = 41


@dataclass(frozen=True, slots=True)
class Try:
    """One value of one letter: whether it came out right, and what was wanted and seen."""

    field: str
    right: bool
    wanted: str = ""
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Understood:
    """What came of one letter."""

    plan: Plan
    tries: tuple[Try, ...]
    flags: dict[str, str]
    verified: bool
    seconds: float
    pages: int

    @property
    def whole(self) -> bool:
        """Whether every value is right."""
        return all(one.right for one in self.tries)


def plans_of(layouts: Sequence[str], letters: int, seed: int = SEED) -> list[Plan]:
    """Return genuine letters of each layout, makers and typefaces of the tuning part."""
    return [
        genuine_plan(1000 * number + index, seed, part="tuning", layout=layout)
        for number, layout in enumerate(layouts)
        for index in range(letters)
    ]


def understood(plan: Plan, known: Known) -> Understood:
    """Return how a letter is understood and judged when it is read without a fault and sealed as registered."""
    pages = read_pages(plan)
    began = time.process_time()
    letter = extract(pages, known.labels, known.registry.known_makers)
    seconds = time.process_time() - began
    seals = tuple(ideal_seal(plan, page.number) for page in pages)
    name = f"{plan.layout} {plan.index}"
    seen = Examination(
        name, "image/jpeg", 1, 1, pages, letter, seals, (), False, "read without a fault", "models", "registry"
    )
    report = judged(seen, known)
    tries = tuple(_tries(plan, letter, pages))
    return Understood(plan, tries, flagging(report), report.verdict is Verdict.VERIFIED, seconds, len(pages))


# --- scoring ----------------------------------------------------------------------------------------------


def _tries(plan: Plan, letter: Letter, pages: Sequence[Page]) -> Iterator[Try]:
    stated = truth_fields(plan)
    yield Try("kind", letter.kind is Kind.CONFIRMATION_LETTER, "", str(letter.kind))
    text = " ".join(line.text for page in pages for line in page.lines)
    for field, name in (("number", "number"), ("issuer", "issuer"), ("issued_on", "issued_on")):
        yield _compared(field, getattr(letter, name), stated[name])
    if stated["valid_until"]:
        yield _compared("valid_until", letter.valid_until, stated["valid_until"])
    if plan.letter.country_text and not plan.letter.destinations:
        yield _compared("country", letter.export_country, plan.letter.country)
    exporters = [name for name in (plan.letter.exporter, plan.letter.exporter_en) if _stands(name, text)]
    if exporters:
        # a letter that is only addressed to the exporter says of nobody else that he exports
        value = _value(letter.exporter or letter.addressee)
        # one that stands in two lines of a column is no name that stands in the text, and right all the same
        names = [name for name in (plan.letter.exporter, plan.letter.exporter_en) if name]
        yield Try("exporter", any(_same(value, name) for name in names), exporters[0], value)
    yield from _vehicles(plan, letter, text)
    yield from _outlets(plan, letter)


def _vehicles(plan: Plan, letter: Letter, text: str) -> Iterator[Try]:
    claims = {claim.vin.value: claim for claim in letter.vehicles}
    dates = {mention.value.isoformat() for mention in find_dates(text)}
    for vehicle in plan.letter.vehicles:
        claim = claims.get(vehicle.vin)
        yield Try("vin", claim is not None, vehicle.vin, " ".join(claims))
        if claim is None:
            continue
        brands = [name for name in (vehicle.brand, vehicle.brand_en) if _stands(name, text)]
        value = _value(claim.brand)
        if brands:
            yield Try("brand", any(_holds(value, name) for name in brands), brands[0], value)
        if _stands(vehicle.model, text):
            yield _compared("model", claim.model, vehicle.model)
        if vehicle.registration_date.isoformat() in dates:
            yield _compared("registered", claim.registration_date, vehicle.registration_date.isoformat())
    extra = set(claims) - {vehicle.vin for vehicle in plan.letter.vehicles}
    yield Try("no extra vin", not extra, "", " ".join(extra))


def _outlets(plan: Plan, letter: Letter) -> Iterator[Try]:
    for outlet in plan.letter.outlets:
        for name in ("name", "address", "phone"):
            wanted = getattr(outlet, name)
            seen = [_value(getattr(one, name)) for one in letter.outlets]
            if wanted:
                yield Try(f"outlet {name}", any(_same(value, wanted) for value in seen), wanted, " | ".join(seen))
    named = [_value(outlet.name) or _value(outlet.address) for outlet in letter.outlets]
    yield Try("no extra outlet", len(named) <= len(plan.letter.outlets), "", " | ".join(named))


def _compared(field: str, seen: Field | None, wanted: object) -> Try:
    return Try(field, _same(_value(seen), str(wanted or "")), str(wanted or ""), _value(seen))


def _value(field: Field | None) -> str:
    return field.value if field else ""


def _same(value: str, wanted: str) -> bool:
    return normalise_name(value.replace("+", "")) == normalise_name(wanted.replace("+", ""))


def _holds(value: str, wanted: str) -> bool:
    return bool(wanted) and normalise_name(wanted) in normalise_name(value)


def _stands(value: str, text: str) -> bool:
    return bool(value) and re.sub(r"\W", "", value).casefold() in re.sub(r"\W", "", text).casefold()


# --- showing ----------------------------------------------------------------------------------------------


def main() -> int:
    """Understand letters of each layout and print the share of values that came out right."""
    arguments = _arguments()
    aside = set(HOLDOUT["layouts"])
    tuning = [name for name in LAYOUTS if name not in aside]
    layouts = sorted(aside) if arguments.aside else arguments.layouts or tuning
    plans = plans_of(layouts, arguments.letters, arguments.seed)
    known = known_for(plans)
    found = [understood(plan, known) for plan in plans]
    # of layouts kept aside only the sum is shown
    groups = {"kept aside": found} if arguments.aside else _by_layout(found)
    for line in table(groups):
        sys.stdout.write(line + "\n")
    if arguments.show and not arguments.aside:
        for line in _misses(found, arguments.show):
            sys.stdout.write(line + "\n")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=10, help="of each layout")
    parser.add_argument("--layouts", nargs="*", default=[])
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--aside", action="store_true", help="count the layouts kept aside, as one sum")
    parser.add_argument("--show", type=int, default=0, help="misses to show of each field and layout")
    return parser.parse_args()


def _by_layout(found: Sequence[Understood]) -> dict[str, list[Understood]]:
    groups: dict[str, list[Understood]] = defaultdict(list)
    for one in found:
        groups[one.plan.layout].append(one)
    return {**groups, "all": list(found)}


def table(groups: dict[str, list[Understood]]) -> Iterator[str]:
    """Yield a table in Markdown: a line a group, the share of letters wholly right, verified, and of each field."""
    yield f"| layout | letters | whole | verified | {' | '.join(FIELDS)} | ms a page |"
    yield f"|---|{'---|' * (len(FIELDS) + 4)}"
    for name, group in groups.items():
        milliseconds = 1000 * sum(one.seconds for one in group) / sum(one.pages for one in group)
        shares = [_share([t.right for one in group for t in one.tries if t.field == field]) for field in FIELDS]
        whole, verified = _share([one.whole for one in group]), _share([one.verified for one in group])
        yield f"| {name} | {len(group)} | {whole} | {verified} | {' | '.join(shares)} | {milliseconds:.1f} |"


def _share(rights: list[bool]) -> str:
    return f"{sum(rights) / len(rights):.2f}".replace("1.00", "1").replace("0.", ".") if rights else ""


def _misses(found: Sequence[Understood], most: int) -> Iterator[str]:
    shown: dict[tuple[str, str], int] = defaultdict(int)
    for one in found:
        for miss in (t for t in one.tries if not t.right):
            shown[one.plan.layout, miss.field] += 1
            if shown[one.plan.layout, miss.field] <= most:
                yield f"{one.plan.layout} {one.plan.index} {miss.field}: {miss.wanted!r} not {miss.seen!r}"
        for check, why in one.flags.items():
            shown[one.plan.layout, check] += 1
            if shown[one.plan.layout, check] <= most:
                yield f"{one.plan.layout} {one.plan.index} FLAG {check} {why}"


if __name__ == "__main__":
    sys.exit(main())
