"""Log lines: one JSON object each, with nothing that is not on the list."""

from __future__ import annotations

import io
import json
import logging

from verifier.logs import JsonLines


def _line(write: str, **extra: object) -> dict[str, object]:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    logger = logging.getLogger("verifier.test")
    logger.handlers, logger.propagate = [handler], False
    try:
        raise ValueError("VIN LSVAA4182E2184847 of Zhang San")
    except ValueError:
        logger.error(write, extra=extra, exc_info=True)
    line: dict[str, object] = json.loads(stream.getvalue())
    return line


def test_only_listed_fields_and_no_exception_text_are_written() -> None:
    line = _line("failed", document="01k9", filename_given="张三.pdf", vin="LSVAA4182E2184847")
    assert (line["message"], line["document"], line["reason"]) == ("failed", "01k9", "ValueError")
    assert "LSVAA" not in json.dumps(line)
    assert "张三" not in json.dumps(line, ensure_ascii=False)
