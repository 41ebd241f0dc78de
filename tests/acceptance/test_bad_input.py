"""Bad input: one clear line with what to do, the contract's exit code, and the other files still processed."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageDraw

from tests.acceptance.conftest import RECORD_HEADER, Run

pytestmark = pytest.mark.acceptance
Verifier = Callable[..., Run]


def _png_header_of(width: int, height: int) -> bytes:
    """A PNG that announces a size; decoding it would need `width` × `height` pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * (width + 1))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def _pdf(password: str | None = None) -> bytes:
    content = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(content, encryption=pikepdf.Encryption(user=password, owner=password) if password else False)
    return content.getvalue()


def _page(text: str) -> bytes:
    image = Image.new("RGB", (1654, 2339), "white")
    ImageDraw.Draw(image).text((300, 400), text, fill="black", font_size=60)
    content = io.BytesIO()
    image.save(content, "PNG", dpi=(200, 200))
    return content.getvalue()


@pytest.fixture
def bad_files(tmp_path: Path) -> dict[str, Path]:
    contents = {
        "empty.pdf": b"",
        "truncated.pdf": _pdf()[:120],
        "encrypted.pdf": _pdf("secret"),
        "words.pdf": b"this is a text that calls itself a PDF\n" * 20,
        "huge.png": _png_header_of(20_000, 10_000),
        "blank.png": _page(""),
        "shopping.png": _page("Milk, bread, butter"),
    }
    paths = {}
    for name, content in contents.items():
        paths[name] = tmp_path / name
        paths[name].write_bytes(content)
    return paths


def test_every_bad_file_gets_its_report_and_the_others_are_processed(
    verifier: Verifier, bad_files: dict[str, Path], records: Path
) -> None:
    run = verifier("verify", *bad_files.values(), "--records", records, "--json")

    reports = {report["document"]["name"]: report for report in run.reports}
    assert list(reports) == list(bad_files)
    codes = {name: report["error"] and report["error"]["code"] for name, report in reports.items()}
    assert codes == {
        "empty.pdf": "file_empty",
        "truncated.pdf": "file_damaged",
        "encrypted.pdf": "file_encrypted",
        "words.pdf": "format_unsupported",
        "huge.png": "too_many_pixels",
        "blank.png": "unreadable",
        "shopping.png": None,
    }
    unreadable = {name for name, report in reports.items() if report["verdict"] == "unreadable"}
    assert unreadable == set(bad_files) - {"shopping.png"}
    assert reports["shopping.png"]["verdict"] == "flagged"
    assert {c["id"]: c["outcome"] for c in reports["shopping.png"]["checks"]}["document.kind"] == "unsure"
    assert all(report["error"]["advice"] and report["error"]["advice_zh"] for n, report in reports.items() if codes[n])
    assert run.exit_code == 3


def test_people_read_one_line_with_its_advice(verifier: Verifier, bad_files: dict[str, Path]) -> None:
    run = verifier("verify", bad_files["encrypted.pdf"])
    assert "protected by a password" in run.stdout
    assert "→ save it without a password" in run.stdout
    assert run.exit_code == 3


def test_chinese_is_spoken_where_asked(verifier: Verifier, bad_files: dict[str, Path]) -> None:
    run = verifier("verify", bad_files["encrypted.pdf"], "--lang", "zh")
    assert "文件设有密码" in run.stdout


def test_a_missing_file_is_named_and_the_rest_goes_on(
    verifier: Verifier, tmp_path: Path, bad_files: dict[str, Path]
) -> None:
    run = verifier("verify", tmp_path / "nowhere.pdf", bad_files["empty.pdf"], "--json")
    missing, empty = run.reports
    assert missing["verdict"] is None
    assert "nowhere.pdf" in missing["error"]["message"]
    assert empty["verdict"] == "unreadable"
    assert run.exit_code == 4


@pytest.mark.parametrize(
    ("table", "named"),
    [
        ("vin,brand\nX,Y\n", ["records.csv", "manufacturer"]),
        (
            RECORD_HEADER + "1M8GDM9AXKP042788,a,b,c,2026-13-45,,KZ,d,,AP\n",
            ["row 2", "registration_date", "2026-13-45"],
        ),
        (RECORD_HEADER + "1M8GDM9AXKP042788,a,b,c,,,Narnia,d,,AP\n", ["row 2", "export_country", "Narnia"]),
        (RECORD_HEADER + ",a,b,c,,,KZ,d,,AP\n", ["row 2", "vin"]),
    ],
    ids=["missing column", "bad date", "no country", "no vin"],
)
def test_a_bad_table_is_named_with_row_and_column(
    verifier: Verifier, tmp_path: Path, bad_files: dict[str, Path], table: str, named: list[str]
) -> None:
    path = tmp_path / "records.csv"
    path.write_text(table, encoding="utf-8")
    run = verifier("verify", bad_files["blank.png"], "--records", path)
    assert run.exit_code == 2
    assert run.stdout == ""
    (line,) = run.stderr.strip().splitlines()
    assert all(word in line for word in named)


def test_a_table_in_another_encoding_says_so(verifier: Verifier, tmp_path: Path) -> None:
    path = tmp_path / "records.csv"
    path.write_bytes((RECORD_HEADER + "1M8GDM9AXKP042788,星驰牌,b,c,,,KZ,d,,AP\n").encode("gb18030"))
    run = verifier("records", "import", path)
    assert run.exit_code == 2
    assert "UTF-8" in run.stderr


def test_wrong_usage_is_exit_2(verifier: Verifier) -> None:
    assert verifier("verify").exit_code == 2
    assert verifier("application").exit_code == 2
    assert verifier("application", "AP-9").exit_code == 2
    assert verifier("no-such-command").exit_code == 2


def test_help_names_every_command(verifier: Verifier) -> None:
    text = verifier("--help").stdout
    assert all(word in text for word in ("verify", "batch", "application", "records", "seals", "lists", "doctor"))
