"""Examinations kept between runs, so that a change of rules is scored again in seconds."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

from verifier.batch.engine import Outcome, examine_files
from verifier.errors import VerifierError
from verifier.examination import decode_examinations, encode_examinations
from verifier.record import Registry

JUDGING = frozenset(
    {"rules", "match.py", "second_pass.py", "evaluation", "report.py", "cli.py", "terminal.py", "store"}
)
"""Parts of the package that do not change what is seen in a document."""


def source_digest() -> str:
    """Return a digest of the code and data that examinations depend on."""
    package = Path(__file__).parents[1]
    digest = hashlib.sha256()
    files = [
        *package.rglob("*.py"),
        *(package.parent / "models").glob("*.csv"),
        *(package.parent / "models").glob("labels.toml"),
    ]
    for path in sorted(files):
        if not JUDGING & set(path.relative_to(package.parent).parts):
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
    """Return the outcome of every file, from `cache` where code, registry and bytes are the same as then."""
    cache.mkdir(parents=True, exist_ok=True)
    version = f"{source_digest()}-{registry.registry_version}"
    kept = [cache / f"{hashlib.sha256(path.read_bytes()).hexdigest()[:32]}-{version}.msgpack.z" for path in paths]
    outcomes: list[Outcome | None] = [
        decode_examinations(zlib.decompress(file.read_bytes())) if file.is_file() else None for file in kept
    ]
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
