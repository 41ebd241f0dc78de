"""What extraction must show: the fields of letters of many layouts, those kept aside apart, and what it costs.

Run: make prove-05, or python -m tests.proofs.prove_05 --n 1000 --seed 2026 --applications 120 --jobs 2 --write docs
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.proofs.harness import deliver, evaluated, known_of, letters_folder, make_letters
from verifier.evaluation.figures import Rate, Trial, rate_of
from verifier.evaluation.run import Evaluation
from verifier.evaluation.truth import TrueFields, Truth
from verifier.examination import Examination
from verifier.extraction import Labels, extract
from verifier.formats.dates import find_dates
from verifier.formats.names import normalise_name
from verifier.letter import Field, Letter
from verifier.page import Page
from verifier.record import Makers
from verifier.settings import models_folder

TARGETS = (
    ("vin", 0.998),
    ("no extra vin", 0.998),
    ("export_country", 0.998),
    ("vehicle's country", 0.998),
    ("issuer", 0.99),
    ("issued_on", 0.99),
    ("number", 0.99),
    ("vehicle row complete", 0.99),
    ("outlet phone", 0.98),
    ("outlet address", 0.95),
    ("outlet name", 0.95),
    ("planted check trips", 0.98),
)
READ = "{}, where it was read"
"""A figure over those values alone whose characters the reader has: what is lost after that, extraction loses."""
CPU_MS_PER_PAGE = 15.0
PARTS = (("tuning", {"part": "tuning"}), ("kept aside", {"part": "kept aside"}))
OF_LETTER = ("number", "issuer", "issued_on")
OF_OUTLET = ("name", "address", "phone")
OF_VEHICLE = ("brand", "model", "registration_date")


def main() -> int:
    """Evaluate the letters, score extraction on what was read, print and write the figures."""
    arguments = _arguments()
    folder = letters_folder(arguments.n, arguments.seed, arguments.applications)
    if not (folder / "truth.jsonl").is_file():
        make_letters(folder, arguments.n, arguments.seed, arguments.jobs, arguments.applications)
    result = evaluated(folder, arguments.jobs)
    trials = (*result.trials, *read_trials(result))
    _, registry = known_of(folder)
    text = _document(arguments, result, trials, milliseconds_per_page(result, registry.known_makers))
    deliver(text, Path(arguments.write) / "proof-05.md" if arguments.write else "")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--applications", type=int, default=120)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--write", default="")
    return parser.parse_args()


def read_trials(result: Evaluation) -> Iterator[Trial]:
    """Yield what extraction made of the values that the reader read: letters in files of several left out."""
    for truth, seen in zip(result.truths, result.seen, strict=True):
        if seen and truth.part == 1:
            yield from _trials_of(truth, seen)


def _trials_of(truth: Truth, seen: Examination) -> Iterator[Trial]:
    words = _Words(seen.pages)
    letter, expected = seen.letter, truth.fields
    for name in OF_LETTER:
        wanted = getattr(expected, name)
        if wanted and words.hold(wanted):
            value = _value(getattr(letter, name))
            yield _trial(READ.format(name), _same(value, wanted), truth, f"{wanted} | {value}")
    for outlet in expected.outlets:
        for name in OF_OUTLET:
            wanted = getattr(outlet, name)
            if wanted and words.hold(wanted):
                values = [_value(getattr(one, name)) for one in letter.outlets]
                right = any(_same(value, wanted) for value in values)
                yield _trial(READ.format(f"outlet {name}"), right, truth, f"{wanted} | {values}")
    yield from _rows(truth, expected, letter, words)


def _rows(truth: Truth, expected: TrueFields, letter: Letter, words: _Words) -> Iterator[Trial]:
    """Yield whether each vehicle has everything of its row that was read."""
    claims = {claim.vin.value: claim for claim in letter.vehicles}
    for vehicle in expected.vehicles:
        claim = claims.get(vehicle.vin)
        stated = {name: getattr(vehicle, name) for name in OF_VEHICLE}
        missing = [
            name
            for name, wanted in stated.items()
            if claim and wanted and words.hold(wanted) and not _holds(_value(getattr(claim, name)), wanted)
        ]
        if words.hold(vehicle.vin):
            yield _trial("vehicle row complete", claim is not None and not missing, truth, f"{vehicle.vin} {missing}")


class _Words:
    """The words of a document, as a value may be looked for in them."""

    def __init__(self, pages: tuple[Page, ...]) -> None:
        text = " ".join(line.text for page in pages for line in page.lines)
        self.text = normalise_name(text)
        self.digits = re.sub(r"\D", "", text)
        self.dates = {mention.value.isoformat() for mention in find_dates(text)}

    def hold(self, value: str) -> bool:
        """Return whether the reader read these characters somewhere."""
        if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            return value in self.dates
        if value.startswith("+"):
            return re.sub(r"\D", "", value) in self.digits
        return normalise_name(value) in self.text


def _value(field: Field | None) -> str:
    return field.value if field else ""


def _same(value: str, wanted: str) -> bool:
    return normalise_name(value.replace("+", "")) == normalise_name(wanted.replace("+", ""))


def _holds(value: str, wanted: str) -> bool:
    """Return whether a value is the wanted one, or that beside the same in another script: 星驰牌 XINGCHI."""
    return normalise_name(wanted) in normalise_name(value)


def _trial(figure: str, right: bool, truth: Truth, example: str) -> Trial:
    return Trial(figure, right, truth.groups, f"{truth.file}: {example}")


def milliseconds_per_page(result: Evaluation, makers: Makers) -> float:
    """Return the CPU time of extraction a page, over every letter."""
    labels = Labels.load(models_folder())
    documents = [seen.pages for seen in result.seen if seen]
    began = time.process_time()
    for pages in documents:
        extract(pages, labels, makers)
    return 1000 * (time.process_time() - began) / sum(map(len, documents))


def _document(arguments: argparse.Namespace, result: Evaluation, trials: tuple[Trial, ...], milliseconds: float) -> str:
    lines = [
        "# Proof of extraction",
        "",
        f"`python -m tests.proofs.prove_05 --n {arguments.n} --seed {arguments.seed} "
        f"--applications {arguments.applications}` · {len(result.truths)} generated letters. A rate counts every value "
        "that stands on the paper; “where it was read” counts those alone whose characters the reader has: the first "
        "is what the office gets, the second what extraction makes of the words.",
        "",
        "| asked for | target | all | tuning | kept aside |",
        "|---|---|---|---|---|",
    ]
    for figure, target in TARGETS:
        lines += [_line(name, target, trials) for name in (figure, READ.format(figure)) if _tried(trials, name).n]
    lines += [f"| CPU of extraction a page | ≤ {CPU_MS_PER_PAGE:.0f} ms | {milliseconds:.1f} ms | | |", ""]
    return "\n".join([*lines, *_layouts(result, trials)])


def _line(figure: str, target: float, trials: tuple[Trial, ...]) -> str:
    parts = " | ".join(str(rate_of(trials, figure, **group)) for _, group in PARTS)
    return f"| {figure} | ≥ {target} | {_tried(trials, figure)} | {parts} |"


def _tried(trials: tuple[Trial, ...], figure: str) -> Rate:
    return rate_of(trials, figure)


def _layouts(result: Evaluation, trials: tuple[Trial, ...]) -> Iterator[str]:
    """Yield the figures that extraction answers for, layout by layout."""
    figures = ("vehicle row complete", *(READ.format(f"outlet {name}") for name in OF_OUTLET), "export_country")
    yield "## By layout"
    yield ""
    yield f"| layout | {' | '.join(figures)} |"
    yield f"|---|{'---|' * len(figures)}"
    for layout in sorted({truth.layout for truth in result.truths}):
        rates = [rate_of(trials, figure, layout=layout) for figure in figures]
        yield f"| {layout} | {' | '.join(f'{rate.value:.3f} ({rate.hits}/{rate.n})' for rate in rates)} |"
    yield ""


if __name__ == "__main__":
    sys.exit(main())
