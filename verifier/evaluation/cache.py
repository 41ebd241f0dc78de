"""Examinations kept between runs, so that a change of rules is scored again in seconds."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

from verifier.batch.engine import Outcome, examine_files
from verifier.errors import VerifierError
from verifier.examination import decode_examinations, encode_examinations
from verifier.extraction import Labels
from verifier.pipeline import understand
from verifier.record import Registry
from verifier.settings import models_folder

JUDGING = frozenset(
    {"rules", "match.py", "second_pass.py", "evaluation", "report.py", "cli.py", "terminal.py", "store", "batch"}
)
"""Parts of the package that do not change what is seen in a document."""
UNDERSTANDING = frozenset(
    {"extraction", "integrity", "letter.py", "countries.py", "dates.py", "phones.py", "organisations.py", "pipeline.py"}
)
"""Parts that work on stored words: they are run again on every letter, whatever is kept."""


def source_digest() -> str:
    """Return a digest of the code that pixels go through."""
    package = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for path in sorted(package.rglob("*.py")):
        if not (JUDGING | UNDERSTANDING) & set(path.relative_to(package.parent).parts):
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
    version = f"{source_digest()}-{registry.registry_version}"
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
    """Return a kept examination as understood by today's code, None where seals must be compared again."""
    try:
        kept = decode_examinations(zlib.decompress(file.read_bytes()))
    except ValueError:  # kept by a version whose examinations had another shape
        return None
    parts = tuple(understand(seen, labels, registry) for seen in kept)
    return tuple(part for part in parts if part) if all(parts) else None
