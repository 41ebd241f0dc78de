"""Model files are used only if they are those that this project's figures were measured with."""

from __future__ import annotations

import hashlib
from pathlib import Path

from verifier.errors import MissingEngineError


def measured_model(path: Path, sha256: str) -> Path:
    """Return `path` if it is the model file with this digest, else raise MissingEngineError."""
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise MissingEngineError(f"model file {path.name} is missing") from error
    if digest != sha256:
        raise MissingEngineError(f"model file {path.name} is not the measured one")
    return path
