"""Rules and their texts fit: every reason a rule gives has its words, and no words are left over."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import pytest

import verifier.rules
from verifier.report import Check, Outcome
from verifier.rules.catalogue import catalogue, failed, make_check, noted, passed, skipped, unsure

MAKING = {"failed", "unsure", "noted", "skipped"}
PLACEHOLDERS = {"found", "expected", "subject"}
CLAUSES = {"648-1(1)", "648-1(2)", "648-1(3)", "648-2", "guide-1.1", "guide-1.2", "guide-1.3", "2024-6", "GB16735"}


def reasons_given() -> set[tuple[str, str]]:
    """Return the (check, reason) pairs that stand as literals in the rules' calls."""
    pairs = set()
    for path in Path(verifier.rules.__path__[0]).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MAKING:
                literals = [a.value for a in node.args[:2] if isinstance(a, ast.Constant) and isinstance(a.value, str)]
                if len(literals) == 2:
                    pairs.add((literals[0], literals[1]))
    return pairs


def test_every_reason_has_its_words() -> None:
    given = reasons_given()
    assert len(given) > 60
    assert {pair for pair in given if pair[1] not in catalogue()[pair[0]].texts} == set()


@pytest.mark.parametrize("identity", sorted(catalogue()))
def test_texts_are_whole_in_both_languages(identity: str) -> None:
    entry = catalogue()[identity]
    assert entry.clause in CLAUSES | {"practice"}
    assert entry.severity in {"high", "medium", "low"}
    assert entry.audience in {"all", "official"}
    for reason, (message, message_zh, advice, advice_zh) in entry.texts.items():
        assert message, reason
        assert any("\u4e00" <= c <= "\u9fff" for c in message_zh), reason
        assert bool(advice) == bool(advice_zh), reason
        for text in (message, message_zh, advice, advice_zh):
            assert {name for _, name, _, _ in string.Formatter().parse(text) if name} <= PLACEHOLDERS


def test_no_text_calls_a_letter_forged() -> None:
    words = ("forged", "forgery", "fake", "counterfeit", "伪造", "假冒", "造假")
    texts = " ".join(text for entry in catalogue().values() for four in entry.texts.values() for text in four).lower()
    assert [word for word in words if word in texts] == []


@pytest.mark.parametrize("identity", sorted(catalogue()))
def test_a_check_carries_its_texts_with_what_was_found_filled_in(identity: str) -> None:
    entry = catalogue()[identity]
    for reason, texts in entry.texts.items():
        known = None if reason == "pass" else reason
        bare = make_check(identity, Outcome.FAIL, known)
        blank = tuple(text.format(found="", expected="", subject="") for text in texts)
        assert (bare.message, bare.message_zh, bare.advice, bare.advice_zh) == blank
        assert (bare.subject, bare.found, bare.expected, bare.evidence) == (None, None, None, ())
        full = make_check(identity, Outcome.UNSURE, known, subject={"a": "1", "b": "2"}, found="F", expected="E")
        filled = tuple(text.format(found="F", expected="E", subject="1, 2") for text in texts)
        assert (full.message, full.message_zh, full.advice, full.advice_zh) == filled
        assert (full.id, full.reason, full.subject) == (identity, known, {"a": "1", "b": "2"})
        assert (full.clause, full.severity, full.audience) == (entry.clause, entry.severity, entry.audience)
        assert full.mend_by == bare.mend_by == entry.mend_by


def test_only_what_must_be_mended_says_by_whom() -> None:
    made: list[Check] = [
        failed("seal.present", "none"), unsure("seal.text", "no_seal"), passed("seal.present"),
        noted("record.found", "some"), skipped("seal.reuse", "no_seal"),
    ]  # fmt: skip
    assert [check.outcome.value for check in made] == ["fail", "unsure", "pass", "note", "skipped"]
    assert [bool(check.mend_by) for check in made] == [True, True, False, False, False]
    with pytest.raises(KeyError):
        failed("seal.present", "invented")
