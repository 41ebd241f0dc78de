"""The texts of checks: models/notice_648.toml, loaded once, and the one way to make a Check."""

from __future__ import annotations

import re
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
    filled_in: frozenset[str]
    """Reasons whose texts have places for values."""


@lru_cache(maxsize=1)
def catalogue() -> Mapping[str, Entry]:
    """Return the entries by check id; raises ConfigurationError where the file is missing or broken."""
    try:
        return {identity: _entry(values) for identity, values in _tables()["checks"].items()}
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise ConfigurationError(f"models/{FILE}: {error}") from error


def _tables() -> dict[str, dict[str, dict[str, str | list[str]]]]:
    return tomllib.loads(models_path(FILE).read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def words() -> Mapping[str, Mapping[str, tuple[str, str]]]:
    """Return what codes are called, (English, Chinese), by sort: `kind`, `field`, `object`."""
    tables = _tables()["words"]
    return {
        sort: {code: (str(called[0]), str(called[1])) for code, called in table.items()}
        for sort, table in tables.items()
    }


def named(sort: str, code: str) -> tuple[str, str]:
    """Return what a code is called, in English and Chinese; a code without a name is shown as it is."""
    return words()[sort].get(code, (code, code))


_PLACED = re.compile(r"(\w+)\[(\d+)\](?:\.(\w+))?")


def named_field(path: str) -> tuple[str, str]:
    """Return what a field is called.

    >>> named_field("issuer"), named_field("vehicles[0].vin")
    (('issuer', '出具单位'), ('VIN of vehicle 1', '车辆 1 的车辆识别代号'))
    """
    placed = _PLACED.fullmatch(path)
    if placed is None:
        return named("field", path)
    (group, group_zh), number = named("field", placed[1]), int(placed[2]) + 1
    if not placed[3]:
        return f"{group} {number}", f"{group_zh} {number}"
    part, part_zh = named("field", placed[3])
    return f"{part} of {group} {number}", f"{group_zh} {number} 的{part_zh}"


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
        filled_in=frozenset(reason for reason, four in texts.items() if any("{" in text for text in four)),
    )


def make_check(
    identity: str,
    outcome: Outcome,
    reason: str | None = None,
    *,
    subject: Mapping[str, str] | None = None,
    found: str | None = None,
    found_zh: str | None = None,
    expected: str | None = None,
    evidence: tuple[Evidence, ...] = (),
) -> Check:
    """Return a check with its texts filled in; `reason` None is a pass.

    `found_zh` stands in the Chinese texts where `found` is no value of a document but words of ours.
    Raises KeyError where the catalogue does not have the check or the reason: a rule must not invent one.
    """
    entry = catalogue()[identity]
    said = reason or "pass"
    texts = entry.texts[said]
    if said in entry.filled_in:
        texts = _filled(texts, subject or {}, (found, found if found_zh is None else found_zh), expected)
    message, message_zh, advice, advice_zh = texts
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


def _filled(
    texts: tuple[str, str, str, str],
    subject: Mapping[str, str],
    found: tuple[str | None, str | None],
    expected: str | None,
) -> tuple[str, str, str, str]:
    """Return the texts with their values; `found` in English and Chinese."""
    about = [_subject(key, value) for key, value in subject.items()]
    english, chinese = (", ".join([one[which] for one in about]) for which in (0, 1))
    names = {"found": found[0] or "", "expected": expected or "", "subject": english}
    names_zh = names | {"found": found[1] or "", "subject": chinese}
    message, message_zh, advice, advice_zh = texts
    return (
        message.format_map(names),
        message_zh.format_map(names_zh),
        advice.format_map(names),
        advice_zh.format_map(names_zh),
    )


def _subject(key: str, value: str) -> tuple[str, str]:
    """Return what a check is about, in both languages: only fields are known by a code."""
    return named_field(value) if key == "field" else (value, value)


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
