r"""Papers understood from what was printed, without reading pixels: many seeds in a minute.

Run: python -m tests.proofs.papers_as_set --papers 1200 --files 800
Figures of looks kept aside are added up; neither their groups nor their examples are shown.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from samples.as_read import seal_as_read
from samples.filed import Proof
from samples.filing import Paper
from samples.layouts import certificates, certificates_wide, others, proofs, proofs_wide
from samples.making import sheets_of as sheets_of_letter
from samples.papers import plan_papers, sheets_of, truth_of_paper, write_office
from samples.planning import genuine_plan
from samples.world.makers import MAKERS
from samples.world.modifiers import MODIFIERS
from tests.proofs.harness import JUDGED_ON, known_of
from tests.proofs.ideal import Known
from tests.proofs.papers import paper_trials, split_trials
from tests.proofs.setting import pages_as_set
from verifier.evaluation.figures import Rate, Trial, rate_of
from verifier.examination import Examination
from verifier.extraction import Labels, extract
from verifier.extraction.parts import split_pages
from verifier.page import Page
from verifier.second_pass import Examined, judge_documents
from verifier.settings import models_folder

SEED = 808
LETTERS = 3
"""Papers for each letter among the documents of which files are put together."""
FIGURES = (
    "proof kind", "proof fields", "proof: planted id among the fails", "genuine proof verified", "certificate kind",
    "certificate fields", "certificate: planted id among the fails", "other paper kind", "one document stays one",
    "nothing planted comes out verified", "files split", "page breaks", "no two documents as one",
)  # fmt: skip
EDITIONS = (("earlier", "new", "kept aside"), ("earlier",), ("new",), ("kept aside",))
NEW = frozenset((*proofs_wide.LOOKS, *certificates_wide.LOOKS, "ruled", "unsigned"))
OF_LOOKS = (
    "proof kind",
    "proof fields",
    "genuine proof verified",
    "certificate kind",
    "certificate fields",
    "other paper kind",
)


def office_of(papers: Sequence[Paper]) -> Known:
    """Return records and lists of the papers, and an impression of every maker."""
    with TemporaryDirectory() as folder:
        write_office(papers, Path(folder), MAKERS[:1])
        records, registry = known_of(Path(folder))
    one = registry.specimens[0]
    sealed = tuple(replace(one, manufacturer=m.name, sha256=f"specimen {m.name}") for m in (*MAKERS, *MODIFIERS))
    return Known(records, replace(registry, specimens=sealed), Labels.load(models_folder()))


def parts_of(paper: Paper, office: Known) -> tuple[Examination, ...]:
    """Return what would be seen in a paper by a faultless reader, one examination a document."""
    groups = split_pages(pages_as_set(sheets_of(paper), torn=paper.index % 2 == 1), office.labels)
    return tuple(_examined(paper, pages, office, (k, len(groups))) for k, pages in enumerate(groups, 1))


def _examined(paper: Paper, pages: tuple[Page, ...], office: Known, part: tuple[int, int]) -> Examination:
    maker = paper.content.issuer if isinstance(paper.content, Proof) else None
    digest = hashlib.sha256(f"{paper.name} {part}".encode()).hexdigest()
    return Examination(
        digest, "application/pdf", *part, pages, extract(pages, office.labels, office.registry.known_makers),
        (seal_as_read(paper.seal, maker),) if paper.seal else (), (), False, "as set", office.labels.version,
        office.registry.registry_version,
    )  # fmt: skip


def trials_of(papers: Sequence[Paper], office: Known) -> list[Trial]:
    """Return how the papers are understood and judged."""
    parts = [parts_of(paper, office) for paper in papers]
    documents = [Examined(paper.name, found[0]) for paper, found in zip(papers, parts, strict=True)]
    reports = judge_documents(documents, (), office.records, office.registry, JUDGED_ON)
    truths = [truth_of_paper(paper, len(sheets_of(paper).pages)) for paper in papers]
    return [trial for row in zip(truths, parts, reports, strict=True) for trial in paper_trials(*row)]


def splitting_trials(papers: Sequence[Paper], files: int, part: str) -> list[Trial]:
    """Return how files of papers and letters come apart; `part` names the part of the letters' layouts."""
    letters = [genuine_plan(index, SEED, part=part, one_country=True) for index in range(len(papers) // LETTERS)]
    documents = [pages_as_set(sheets_of(paper), torn=paper.index % 2 == 1) for paper in papers]
    documents += [pages_as_set(sheets_of_letter(plan)) for plan in letters]
    names = [f"{p.look}#{p.index}" for p in papers] + [f"letter {p.layout}#{p.index}" for p in letters]
    hidden = proofs.ASIDE | certificates.ASIDE | others.ASIDE
    aside = [paper.look in hidden for paper in papers] + [plan.kept_aside for plan in letters]
    return list(split_trials(documents, files, SEED, names, aside))


def main() -> int:
    """Print the figures, by look for those that may be looked at."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, default=1200)
    parser.add_argument("--files", type=int, default=800)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--letters", choices=("tuning", "all"), default="all", help="layouts of letters in the files")
    parser.add_argument("--examples", type=int, default=0)
    arguments = parser.parse_args()
    papers = plan_papers(arguments.papers, arguments.seed)
    trials = trials_of(papers, office_of(papers)) + splitting_trials(papers, arguments.files, arguments.letters)
    sys.stdout.write("\n".join(_page(trials, arguments.examples)) + "\n")
    return 0


def _page(trials: list[Trial], examples: int) -> Iterator[str]:
    yield "| figure | all | earlier looks | new looks | kept aside |"
    yield "|---|---|---|---|---|"
    for figure in FIGURES:
        rates = [Rate.of(t.right for t in trials if t.figure == figure and _edition(t) in some) for some in EDITIONS]
        yield f"| {figure} | " + " | ".join(map(str, rates)) + " |"
    shown = [trial for trial in trials if ("part", "kept aside") not in trial.groups]
    for look in sorted({value for trial in shown for name, value in trial.groups if name == "look"}):
        rates = (f"{figure.partition(' ')[2]} {rate_of(shown, figure, look=look)}" for figure in OF_LOOKS)
        yield f"- {look}: " + ", ".join(rate for rate in rates if "none tried" not in rate)
    for figure in FIGURES if examples else ():
        wrong = [f"{dict(t.groups).get('look', '')} {t.example}" for t in shown if t.figure == figure and not t.right]
        yield f"**{figure}** ({len(wrong)})"
        yield from wrong[:examples]


def _edition(trial: Trial) -> str:
    groups = dict(trial.groups)
    look = groups.get("look", "").partition(" ")[2]
    return "kept aside" if groups.get("part") == "kept aside" else "new" if look in NEW else "earlier"


if __name__ == "__main__":
    sys.exit(main())
