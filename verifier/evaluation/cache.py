"""Examinations kept between runs, so that a change of rules is scored again in seconds."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

from verifier.batch.engine import examine_files
from verifier.batch.outcome import Outcome
from verifier.errors import VerifierError
from verifier.examination import decode_examinations, encode_examinations
from verifier.extraction import Labels
from verifier.pipeline import understand
from verifier.recognition.backends import best_backend
from verifier.record import Registry
from verifier.settings import chosen_backend, models_folder

JUDGING = frozenset(
    {
        "rules", "match.py", "second_pass.py", "evaluation", "report.py", "cli", "cases", "store", "batch", "web",
        "jobs", "record.py", "inputs.py", "history.py", "settings.py", "numbers.py", "pinyin.py",
        "doctor.py", "logs.py",
    }
)  # fmt: skip
"""Parts of the package that do not change what is seen in a document."""
UNDERSTANDING = frozenset(
    {"extraction", "integrity", "letter.py", "countries.py", "dates.py", "phones.py", "organisations.py", "pipeline.py"}
)
"""Parts that work on stored words: they are run again on every letter, whatever is kept."""
PIXELS = "traces"
"""The one folder within them that looks at pixels."""


def source_digest() -> str:
    """Return a digest of the code that pixels go through."""
    package = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for path in sorted(package.rglob("*.py")):
        parts = set(path.relative_to(package.parent).parts)
        if not (JUDGING | UNDERSTANDING) & parts or PIXELS in parts:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def examine_cached(
    paths: Sequence[Path],
    registry: Registry,
    cache: Path,
    *,
    jobs: int,
    timeout_seconds: float,
    progress: Callable[[int, int], None],
) -> list[Outcome]:
    """Return the outcome of every file, words and seals from `cache` where code, registry and bytes are as then."""
    cache.mkdir(parents=True, exist_ok=True)
    backend = (chosen_backend() or best_backend()).replace(" ", "-")
    version = f"{source_digest()}-{backend}-{registry.registry_version}"
    kept = [cache / f"{hashlib.sha256(path.read_bytes()).hexdigest()[:32]}-{version}.msgpack.z" for path in paths]
    labels = Labels.load(models_folder())
    outcomes = [_understood(file, labels, registry) if file.is_file() else None for file in kept]
    missing = [index for index, outcome in enumerate(outcomes) if outcome is None]
    progress(len(paths) - len(missing), len(paths))
    examined = examine_files([paths[i] for i in missing], registry, jobs=jobs, timeout_seconds=timeout_seconds)
    for done, (position, outcome) in enumerate(examined, 1):
        index = missing[position]
        outcomes[index] = outcome
        if not isinstance(outcome, VerifierError):
            kept[index].write_bytes(zlib.compress(encode_examinations(outcome)))
        progress(len(paths) - len(missing) + done, len(paths))
    return [outcome for outcome in outcomes if outcome is not None]


def _understood(file: Path, labels: Labels, registry: Registry) -> Outcome | None:
    """Return kept examinations as understood by today's code, None where seals must be compared again."""
    try:
        kept = decode_examinations(zlib.decompress(file.read_bytes()))
    except ValueError:  # kept by a version whose examinations had another shape
        return None
    return understand(kept, labels, registry)
