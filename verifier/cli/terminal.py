"""Reports for people at a terminal: the verdict first, then what to mend and where, then a table of all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from verifier.cases.enterprise import EnterpriseHistory
from verifier.report import ApplicationReport, Check, Outcome, Report, VehicleReport, VehicleStatus, Verdict

_STYLES = {
    Verdict.VERIFIED: "bold green",
    Verdict.FLAGGED: "bold yellow",
    Verdict.UNREADABLE: "bold magenta",
    None: "bold red",
}
_MARKS = {Verdict.VERIFIED: "✓", Verdict.FLAGGED: "!", Verdict.UNREADABLE: "?", None: "×"}
_WORDS = {
    "en": {
        Verdict.VERIFIED: "verified",
        Verdict.FLAGGED: "flagged",
        Verdict.UNREADABLE: "unreadable",
        None: "no verdict",
    },
    "zh": {Verdict.VERIFIED: "已核实", Verdict.FLAGGED: "需人工", Verdict.UNREADABLE: "无法读取", None: "未处理"},
}
_OUTCOMES = {
    "en": {Outcome.FAIL: "fail", Outcome.UNSURE: "unsure", Outcome.NOTE: "note"},
    "zh": {Outcome.FAIL: "不符", Outcome.UNSURE: "存疑", Outcome.NOTE: "提示"},
}
_OUTCOME_STYLES = {Outcome.FAIL: "red", Outcome.UNSURE: "yellow", Outcome.NOTE: "cyan"}
_HEADINGS = {"en": ("Document", "Verdict", "What was found"), "zh": ("文件", "结论", "发现")}
_STATUS = {
    "en": {status: status.replace("_", " ") for status in VehicleStatus},
    "zh": {
        VehicleStatus.COVERED: "已覆盖",
        VehicleStatus.MISSING: "缺确认书",
        VehicleStatus.NOT_REQUIRED: "无需确认书",
        VehicleStatus.TRANSITIONAL: "过渡期",
        VehicleStatus.OFFICIAL: "待人工",
    },
}
MOST_IN_TABLE = 4
"""Check ids shown in one row of the closing table."""


def show_reports(console: Console, reports: Sequence[Report], language: str) -> None:
    """Print every report, and a table of all where there are several."""
    for report in reports:
        _show_report(console, report, language)
    if len(reports) > 1:
        console.print(_table_of(reports, language))


def _show_report(console: Console, report: Report, language: str) -> None:
    console.print()
    console.print(_headline(report, language))
    if report.error:
        zh = language == "zh"
        console.print(f"   {escape(report.error.message_zh if zh else report.error.message)}")
        console.print(f"   → {escape(report.error.advice_zh if zh else report.error.advice)}", style="dim")
    for check in _sorted(report.checks):
        if check.audience == "all":
            _show_check(console, check, language)


def _headline(report: Report, language: str) -> Text:
    line = Text()
    line.append(f"{_MARKS[report.verdict]} {_WORDS[language][report.verdict]}", _STYLES[report.verdict])
    line.append(f"  {report.document.name}", "bold")
    facts = [_value(report, "issuer"), _value(report, "export_country"), _count(report, language)]
    line.append("".join(f"  ·  {fact}" for fact in facts if fact), "dim")
    return line


def _value(report: Report, name: str) -> str:
    field = report.fields.get(name)
    return str(field.value) if field else ""


def _count(report: Report, language: str) -> str:
    number = len(report.fields.get("vehicles", ()))
    if not number:
        return ""
    return f"{number} 辆" if language == "zh" else f"{number} vehicle{'s' * (number > 1)}"


def _sorted(checks: Iterable[Check]) -> list[Check]:
    """Return what a person must see: fails first, then doubts, then notes."""
    order = [Outcome.FAIL, Outcome.UNSURE, Outcome.NOTE]
    return sorted((c for c in checks if c.outcome in order), key=lambda check: order.index(check.outcome))


def _show_check(console: Console, check: Check, language: str) -> None:
    zh = language == "zh"
    pages = sorted({evidence.page for evidence in check.evidence})
    where = f"  ({'页' if zh else 'page'} {', '.join(map(str, pages))})" if pages else ""
    line = Text("   ")
    line.append(f"{_OUTCOMES[language][check.outcome]:<7}", _OUTCOME_STYLES[check.outcome])
    line.append(f"{check.id:<26}")
    line.append(check.message_zh if zh else check.message)
    line.append(f"{where}  [{check.clause}]", "dim")
    console.print(line)
    advice = check.advice_zh if zh else check.advice
    if advice and check.outcome is not Outcome.NOTE:
        console.print(f"          → {escape(advice)}", style="dim")


def _table_of(reports: Sequence[Report], language: str) -> Table:
    table = Table(title=None, show_lines=False)
    for heading in _HEADINGS[language]:
        table.add_column(heading, overflow="fold")
    for report in reports:
        found = list(dict.fromkeys(c.id for c in _sorted(report.checks) if c.outcome is not Outcome.NOTE))
        more = f" +{len(found) - MOST_IN_TABLE}" if len(found) > MOST_IN_TABLE else ""
        shown = report.error.code if report.error else ", ".join(found[:MOST_IN_TABLE]) + more
        verdict = Text(f"{_MARKS[report.verdict]} {_WORDS[language][report.verdict]}", _STYLES[report.verdict])
        table.add_row(report.document.name, verdict, shown or "—")
    return table


def show_applications(console: Console, reports: Sequence[ApplicationReport], language: str) -> None:
    """Print every application with its vehicles and what each still lacks."""
    for report in reports:
        console.print()
        line = Text(f"{_MARKS[report.verdict]} {_WORDS[language][report.verdict]}", _STYLES[report.verdict])
        line.append(f"  {report.application}", "bold")
        console.print(line)
        for check in _sorted(report.checks):
            _show_check(console, check, language)
        for vehicle in report.vehicles:
            _show_vehicle(console, vehicle, language)


def _show_vehicle(console: Console, vehicle: VehicleReport, language: str) -> None:
    days = "?" if vehicle.age_days is None else str(vehicle.age_days)
    unit = "日" if language == "zh" else "days"
    console.print(f"   {vehicle.vin}  {days} / 180 {unit}  {_STATUS[language][vehicle.status]}")
    for check in _sorted(vehicle.checks):
        _show_check(console, check, language)


def show_enterprises(console: Console, found: Sequence[EnterpriseHistory], language: str) -> None:
    """Print one row an exporter or maker: what it filed, what did not agree, and how often."""
    headings = (
        ("企业", "材料", "申请", "不符（次数）", "反复出现") if language == "zh"
        else ("Enterprise", "Papers", "Applications", "Did not agree (filings)", "Repeatedly")
    )  # fmt: skip
    table = Table(show_lines=False)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for one in found:
        counted: dict[str, int] = {}
        for mismatch in one.mismatches:
            counted[mismatch.check] = counted.get(mismatch.check, 0) + mismatch.filings
        failed = ", ".join(f"{check} ({number})" for check, number in counted.items())
        row = (one.name, str(one.documents), str(one.applications), failed or "—", ", ".join(one.repeated) or "—")
        table.add_row(*row)
    console.print(table)
