"""Settings: one frozen class, read once by a shell from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from verifier.errors import ConfigurationError
from verifier.recognition.backends import Backend

DEFAULT_HOME = Path("~/.local/share/verifier")
DEFAULT_QUEUE = 2000
"""Documents that may wait: at 1 s a page on two cores, a quarter of an hour's work."""


DEFAULT_CONTROL = 0.02
DEFAULT_UNDO_SECONDS = 600.0
KEY_FILE = "audit-key.pem"
LOOPBACK_NAMES = frozenset(["localhost", "127.0.0.1", "[::1]"])


@dataclass(frozen=True, slots=True)
class Oidc:
    """An identity provider that people may log in with."""

    issuer: str
    client_id: str
    client_secret: str


@dataclass(frozen=True, slots=True)
class Settings:
    """Where data lives and how much of the machine may be used."""

    home: Path
    """Folder of the embedded database."""
    database_url: str
    jobs: int
    """Worker processes."""
    blobs: Path
    """Folder of uploads, readings and reports; on one file system that every process of the service sees."""
    queue_limit: int = DEFAULT_QUEUE
    """Documents that may wait for their verdict before uploads are turned away."""
    private_webhooks: bool = False
    """Whether webhooks may lead to private addresses."""
    open_access: bool = False
    """Whether nobody logs in: whoever reaches the service, on this machine only, is its one operator."""
    public_url: str | None = None
    """Where people reach the service, behind a proxy that speaks https; None on this machine only."""
    control_share: float = DEFAULT_CONTROL
    """Share of verified letters that a person judges without knowing the verdict."""
    undo_seconds: float = DEFAULT_UNDO_SECONDS
    """For how long a decision can be taken back, and is told to nobody."""
    audit_key: Path = DEFAULT_HOME / KEY_FILE
    """The key that signs checkpoints of the audit; made where it is missing."""
    oidc: Oidc | None = None
    office: str = "default"
    """Whose checklist for modified vehicles holds."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Return the settings; each VERIFIER_… variable changes one default.

        VERIFIER_HOME, VERIFIER_DATABASE_URL, VERIFIER_BLOBS, VERIFIER_JOBS, VERIFIER_QUEUE_LIMIT, VERIFIER_OFFICE,
        VERIFIER_PRIVATE_WEBHOOKS and VERIFIER_OPEN_ACCESS (1 to allow each), VERIFIER_PUBLIC_URL,
        VERIFIER_CONTROL_SHARE, VERIFIER_UNDO_SECONDS, VERIFIER_AUDIT_KEY, VERIFIER_OIDC_ISSUER, _CLIENT_ID and
        _CLIENT_SECRET.

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
            open_access=values.get("VERIFIER_OPEN_ACCESS", "") == "1",
            public_url=_https(values, "VERIFIER_PUBLIC_URL"),
            control_share=_number(values, "VERIFIER_CONTROL_SHARE", DEFAULT_CONTROL, 1.0),
            undo_seconds=_number(values, "VERIFIER_UNDO_SECONDS", DEFAULT_UNDO_SECONDS, 7 * 24 * 3600.0),
            audit_key=Path(values.get("VERIFIER_AUDIT_KEY") or home / KEY_FILE).expanduser(),
            oidc=_oidc(values),
            office=values.get("VERIFIER_OFFICE") or "default",
        )

    @property
    def is_https(self) -> bool:
        """Whether people reach the service by https."""
        return self.public_url is not None

    @property
    def host_names(self) -> frozenset[str]:
        """The names that the service answers for."""
        named = {urlsplit(self.public_url).hostname} if self.public_url else set()
        return LOOPBACK_NAMES | {name for name in named if name}


def _https(values: Mapping[str, str], name: str) -> str | None:
    given = values.get(name, "").rstrip("/")
    if given and (urlsplit(given).scheme != "https" or not urlsplit(given).hostname):
        raise ConfigurationError(f"{name} must begin with https://, not {given!r}")
    return given or None


def _number(values: Mapping[str, str], name: str, default: float, largest: float) -> float:
    try:
        number = float(values.get(name) or default)
    except ValueError:
        number = -1.0
    if not 0.0 <= number <= largest:
        raise ConfigurationError(f"{name} must be a number from 0 to {largest:g}, not {values.get(name)!r}")
    return number


def _oidc(values: Mapping[str, str]) -> Oidc | None:
    """Return the identity provider; raises ConfigurationError where only half of it is named."""
    given = [values.get(f"VERIFIER_OIDC_{name}", "") for name in ("ISSUER", "CLIENT_ID", "CLIENT_SECRET")]
    if not any(given):
        return None
    if not all(given):
        raise ConfigurationError("VERIFIER_OIDC_ISSUER, _CLIENT_ID and _CLIENT_SECRET belong together")
    return Oidc(given[0].rstrip("/"), given[1], given[2])


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
