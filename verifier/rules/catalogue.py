"""The texts of checks: models/notice_648.toml, loaded once, and the one way to make a Check."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from verifier.errors import ConfigurationError
from verifier.report import Check, Evidence, Outcome

FILE = "notice_648.toml"
_OWN_KEYS = frozenset({"clause", "severity", "mend_by", "audience"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One check of the catalogue; `texts` by reason, `pass` among them: message, zh, advice, zh."""

    clause: str
    severity: str
    mend_by: str
    audience: str
    texts: Mapping[str, tuple[str, str, str, str]]


@lru_cache(maxsize=1)
def catalogue() -> Mapping[str, Entry]:
    """Return the entries by check id; raises ConfigurationError where the file is missing or broken."""
    try:
        table = tomllib.loads(models_path(FILE).read_text(encoding="utf-8"))["checks"]
        return {identity: _entry(values) for identity, values in table.items()}
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise ConfigurationError(f"models/{FILE}: {error}") from error


def models_path(name: str) -> Path:
    """Return the path of a file of models/: in the wheel inside the package, in a checkout beside it."""
    package = Path(str(files("verifier")))
    inside = package / "models" / name
    return inside if inside.is_file() else package.parent / "models" / name


def _entry(values: Mapping[str, str | list[str]]) -> Entry:
    texts = {
        reason: (*map(str, lines), *[""] * (4 - len(lines)))
        for reason, lines in values.items()
        if reason not in _OWN_KEYS
    }
    return Entry(
        clause=str(values["clause"]),
        severity=str(values["severity"]),
        mend_by=str(values["mend_by"]),
        audience=str(values.get("audience", "all")),
        texts=texts,  # type: ignore[arg-type]  # four texts each, the test of the catalogue says so
    )


def make_check(
    identity: str,
    outcome: Outcome,
    reason: str | None = None,
    *,
    subject: Mapping[str, str] | None = None,
    found: str | None = None,
    expected: str | None = None,
    evidence: tuple[Evidence, ...] = (),
) -> Check:
    """Return a check with its texts filled in; `reason` None is a pass.

    Raises KeyError where the catalogue does not have the check or the reason: a rule must not invent one.
    """
    entry = catalogue()[identity]
    names = {
        "found": found or "",
        "expected": expected or "",
        "subject": ", ".join((subject or {}).values()),
    }
    texts = entry.texts[reason or "pass"]
    message, message_zh, advice, advice_zh = (text.format(**names) if "{" in text else text for text in texts)
    return Check(
        id=identity,
        outcome=outcome,
        subject=dict(subject) if subject else None,
        reason=reason,
        mend_by=entry.mend_by if outcome in (Outcome.FAIL, Outcome.UNSURE) else None,
        severity=entry.severity,
        audience=entry.audience,
        clause=entry.clause,
        message=message,
        message_zh=message_zh,
        advice=advice,
        advice_zh=advice_zh,
        found=found,
        expected=expected,
        evidence=evidence,
    )


def passed(identity: str, **details: object) -> Check:
    """Return a passed check; keywords as for `make_check`."""
    return make_check(identity, Outcome.PASS, **details)  # type: ignore[arg-type]


def failed(identity: str, reason: str, **details: object) -> Check:
    """Return a failed check; keywords as for `make_check`."""
    return make_check(identity, Outcome.FAIL, reason, **details)  # type: ignore[arg-type]


def unsure(identity: str, reason: str, **details: object) -> Check:
    """Return a check that a person must settle; keywords as for `make_check`."""
    return make_check(identity, Outcome.UNSURE, reason, **details)  # type: ignore[arg-type]


def noted(identity: str, reason: str, **details: object) -> Check:
    """Return something to show that flags nothing; keywords as for `make_check`."""
    return make_check(identity, Outcome.NOTE, reason, **details)  # type: ignore[arg-type]


def skipped(identity: str, reason: str, **details: object) -> Check:
    """Return a check that was not looked at; keywords as for `make_check`."""
    return make_check(identity, Outcome.SKIPPED, reason, **details)  # type: ignore[arg-type]
