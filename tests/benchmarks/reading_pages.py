"""The committed pages of the reading benchmark, made from samples/bench.toml."""

from __future__ import annotations

import io
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from PIL import Image

from samples.making import make
from samples.planning import genuine_plan
from tests.benchmarks.reading_truth import character_errors, errors_by_script, plain, printed_lines
from verifier.opening import open_document

LIST = Path(__file__).parents[2] / "samples" / "bench.toml"
KINDS = ("dense", "sparse", "born_digital")


@dataclass(frozen=True, slots=True)
class BenchPage:
    """One page: as a picture for everybody, as the file it came in for readers of files, and what it says."""

    kind: str
    picture: Path
    file: Path
    lines: tuple[str, ...]
    values: tuple[tuple[str, str], ...]
    """(vin | country | phone | address, text as printed)."""

    def path_for(self, engine: str) -> Path:
        """Return what an engine is given: ours reads files, the others pictures."""
        return self.file if engine.startswith("ours") else self.picture


def bench_pages(folder: Path, every: int = 1) -> list[BenchPage]:
    """Return the pages of the list, or every so many of them, written to `folder`."""
    listed = tomllib.loads(LIST.read_text(encoding="utf-8"))
    chosen = [(kind, index, number) for kind in KINDS for index, number in listed[kind]][::every]
    return [_page(kind, listed["seed"], index, number, folder) for kind, index, number in chosen]


def _page(kind: str, seed: int, index: int, number: int, folder: Path) -> BenchPage:
    plan = genuine_plan(index, seed)
    document = make(plan).document
    opened = open_document(document).pages[number - 1]
    if opened.born_digital is not (kind == "born_digital"):
        raise ValueError(f"page {number} of letter {index} is no {kind} page any more: {LIST.name} is to name another")
    picture = folder / f"{kind}-{index}-{number}.png"
    Image.fromarray(opened.pixels).save(picture, dpi=(opened.dpi, opened.dpi))
    file = picture
    if kind == "born_digital":
        file = picture.with_suffix(".pdf")
        file.write_bytes(_single(document, number))
    lines = tuple(printed_lines(plan)[number - 1])
    stated = [("vin", vehicle.vin) for vehicle in plan.letter.vehicles]
    stated += [("country", plan.letter.country_text), ("country", plan.letter.country_text_en)]
    stated += [("phone", outlet.phone) for outlet in plan.letter.outlets]
    stated += [("address", outlet.address) for outlet in plan.letter.outlets]
    printed = plain("".join(lines))
    return BenchPage(kind, picture, file, lines, tuple((k, v) for k, v in stated if v and plain(v) in printed))


def _single(document: bytes, number: int) -> bytes:
    with pikepdf.open(io.BytesIO(document)) as whole, pikepdf.new() as one:
        one.pages.append(whole.pages[number - 1])
        written = io.BytesIO()
        one.save(written)
    return written.getvalue()


@dataclass(frozen=True, slots=True)
class Score:
    """What a reading got right: wrong and all characters by script, hits and tries by kind of value."""

    errors: dict[str, tuple[int, int]]
    values: dict[str, tuple[int, int]]


def score(page: BenchPage, said: str) -> Score:
    """Return how a reading of a page compares with what was printed."""
    heard = plain(said)
    values: dict[str, tuple[int, int]] = {}
    for kind, text in page.values:
        hits, tries = values.get(kind, (0, 0))
        values[kind] = hits + (character_errors(plain(text), heard)[0] == 0), tries + 1
    return Score(errors_by_script(page.lines, said), values)
