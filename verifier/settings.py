"""Settings: one frozen class, read once by a shell from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from verifier.errors import ConfigurationError
from verifier.recognition.backends import Backend

DEFAULT_HOME = Path("~/.local/share/verifier")


@dataclass(frozen=True, slots=True)
class Settings:
    """Where data lives and how much of the machine may be used."""

    home: Path
    """Folder of the embedded database."""
    database_url: str
    jobs: int
    """Worker processes; each reads with one thread."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Return the settings; VERIFIER_HOME, VERIFIER_DATABASE_URL and VERIFIER_JOBS change the defaults.

        Raises ConfigurationError naming the variable that cannot be used.
        """
        values = os.environ if environment is None else environment
        home = Path(values.get("VERIFIER_HOME") or DEFAULT_HOME).expanduser()
        jobs = values.get("VERIFIER_JOBS") or str(len(os.sched_getaffinity(0)))
        if not jobs.isdigit() or int(jobs) < 1:
            raise ConfigurationError(f"VERIFIER_JOBS must be a whole number from 1, not {jobs!r}")
        url = values.get("VERIFIER_DATABASE_URL") or f"sqlite:///{home / 'verifier.sqlite3'}"
        return cls(home, url, int(jobs))


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


def models_folder() -> Path:
    """Return the folder of models/: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).parent
    inside = package / "models"
    return inside if inside.is_dir() else package.parent / "models"
