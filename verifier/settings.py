"""Settings: one frozen class, read once by a shell from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from verifier.errors import ConfigurationError
from verifier.recognition.backends import Backend

DEFAULT_HOME = Path("~/.local/share/verifier")
DEFAULT_QUEUE = 2000
"""Documents that may wait: at 1 s a page on two cores, a quarter of an hour's work."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where data lives and how much of the machine may be used."""

    home: Path
    """Folder of the embedded database."""
    database_url: str
    jobs: int
    """Worker processes; each reads with one thread."""
    blobs: Path
    """Folder of uploads, readings and reports; on one file system that every process of the service sees."""
    queue_limit: int = DEFAULT_QUEUE
    """Documents that may wait for their verdict before uploads are turned away."""
    private_webhooks: bool = False
    """Whether webhooks may lead to private addresses."""
    open_to_network: bool = False
    """Whether the service may be asked for by other names than this machine's own; there is no login yet."""
    office: str = "default"
    """Whose checklist for modified vehicles holds."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Return the settings; each VERIFIER_… variable changes one default.

        VERIFIER_HOME, VERIFIER_DATABASE_URL, VERIFIER_BLOBS, VERIFIER_JOBS, VERIFIER_QUEUE_LIMIT, VERIFIER_OFFICE,
        VERIFIER_PRIVATE_WEBHOOKS and VERIFIER_INSECURE_NO_LOGIN (1 to allow each).

        Raises ConfigurationError naming the variable that cannot be used.
        """
        values = os.environ if environment is None else environment
        home = Path(values.get("VERIFIER_HOME") or DEFAULT_HOME).expanduser()
        url = values.get("VERIFIER_DATABASE_URL") or f"sqlite:///{home / 'verifier.sqlite3'}"
        return cls(
            home=home,
            database_url=url,
            jobs=_count(values, "VERIFIER_JOBS", len(os.sched_getaffinity(0))),
            blobs=Path(values.get("VERIFIER_BLOBS") or home / "blobs").expanduser(),
            queue_limit=_count(values, "VERIFIER_QUEUE_LIMIT", DEFAULT_QUEUE),
            private_webhooks=values.get("VERIFIER_PRIVATE_WEBHOOKS", "") == "1",
            open_to_network=values.get("VERIFIER_INSECURE_NO_LOGIN", "") == "1",
            office=values.get("VERIFIER_OFFICE") or "default",
        )


def _count(values: Mapping[str, str], name: str, default: int) -> int:
    given = values.get(name) or str(default)
    if not given.isdigit() or int(given) < 1:
        raise ConfigurationError(f"{name} must be a whole number from 1, not {given!r}")
    return int(given)


def chosen_backend(environment: Mapping[str, str] | None = None) -> Backend | None:
    """Return what VERIFIER_BACKEND says the first reader runs on, None where the machine is to decide.

    Raises ConfigurationError where it names no backend. Tests and golden letters set it: words and confidences
    then come out the same whatever is installed.
    """
    name = (os.environ if environment is None else environment).get("VERIFIER_BACKEND")
    if not name:
        return None
    try:
        return Backend(name)
    except ValueError as error:
        known = ", ".join(repr(str(backend)) for backend in Backend)
        raise ConfigurationError(f"VERIFIER_BACKEND must be one of {known}, not {name!r}") from error


def trust_anchors(environment: Mapping[str, str] | None = None) -> Path | None:
    """Return the folder of certificates (PEM, DER) by which PDF signatures are trusted, None where none are.

    VERIFIER_TRUST_ANCHORS names it; raises ConfigurationError where it is no folder.
    """
    name = (os.environ if environment is None else environment).get("VERIFIER_TRUST_ANCHORS")
    if name and not Path(name).is_dir():
        raise ConfigurationError(f"VERIFIER_TRUST_ANCHORS must be a folder of certificates, not {name!r}")
    return Path(name) if name else None


def official_mode(environment: Mapping[str, str] | None = None) -> bool:
    """Return whether VERIFIER_OFFICIAL=1 asks that no document be opened unless the sandbox is complete.

    Raises ConfigurationError where it is neither 1, 0 nor empty: a misspelt wish for safety must not pass as none.
    """
    given = (os.environ if environment is None else environment).get("VERIFIER_OFFICIAL", "")
    if given not in ("", "0", "1"):
        raise ConfigurationError(f"VERIFIER_OFFICIAL must be 1 or 0, not {given!r}")
    return given == "1"


def models_folder() -> Path:
    """Return the folder of models/: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).parent
    inside = package / "models"
    return inside if inside.is_dir() else package.parent / "models"
