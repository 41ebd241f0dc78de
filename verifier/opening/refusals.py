"""Why a file is not opened: a code and an advice for each kind of limit, and for what is not the file's fault."""

from __future__ import annotations

from verifier.errors import ConfigurationError, LimitExceededError, ProcessingError


class FileTooLargeError(LimitExceededError):
    """More bytes than a letter of many colour pages."""

    code = "file_too_large"
    cause = "the file has too many bytes"
    cause_zh = "文件过大"
    advice = "save it as a PDF or JPEG of 300 dpi, or upload its pages in several files"
    advice_zh = "请以 300 dpi 另存为 PDF 或 JPEG，或分成多个文件上传"


class TooManyPagesError(LimitExceededError):
    """More pages than a letter with its annexes."""

    code = "too_many_pages"
    cause = "the file has too many pages"
    cause_zh = "文件页数过多"
    advice = "upload each letter in a file of its own, up to 100 pages"
    advice_zh = "请将每份文件单独上传，每个文件不超过 100 页"


class TooManyPixelsError(LimitExceededError):
    """A page, or all of them together, larger than any scanner of letters makes them."""

    code = "too_many_pixels"
    cause = "a page has too many pixels"
    cause_zh = "页面像素过多"
    advice = "scan the letter at 300 dpi and upload it again"
    advice_zh = "请以 300 dpi 重新扫描后上传"


class PageShapeError(LimitExceededError):
    """A strip, not a page."""

    code = "page_shape"
    cause = "a page is far longer than wide"
    cause_zh = "页面长宽比例异常"
    advice = "scan or photograph each page of the letter by itself"
    advice_zh = "请逐页扫描或拍摄"


class TooMuchTextError(LimitExceededError):
    """More characters on one page than print can hold."""

    code = "too_much_text"
    cause = "a page has more text than a page can hold"
    cause_zh = "页面文字过多"
    advice = "print the letter to a new PDF or scan it, and upload that"
    advice_zh = "请将文件重新打印为 PDF 或扫描后上传"


class TooComplexError(LimitExceededError):
    """More parts, or more deeply nested ones, than a program makes of a letter."""

    code = "too_complex"
    cause = "the file is built of too many parts"
    cause_zh = "文件结构过于复杂"
    advice = "print the letter to a new PDF or scan it, and upload that"
    advice_zh = "请将文件重新打印为 PDF 或扫描后上传"


class OpeningSlowError(ProcessingError):
    """The opening child used up its wall time twice without using up its processor time."""

    code = "opening_slow"
    cause = "the machine was too busy to open the file in time"
    cause_zh = "系统繁忙，未能及时打开文件"


class UnsafeSandboxError(ConfigurationError):
    """Official mode, and the sandbox's self-test was not denied everything."""

    code = "sandbox_incomplete"
    cause = "official mode needs a complete sandbox"
    cause_zh = "正式模式要求完整的文件隔离环境"
    advice = "run `verifier doctor`: it names what this system lacks (Landlock, libseccomp2, namespaces)"
    advice_zh = "请运行 verifier doctor，查看本系统缺少的隔离功能（Landlock、libseccomp2、命名空间）"
    http_status = 503
