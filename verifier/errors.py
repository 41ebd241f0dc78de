"""Every deliberate exception of the verifier: what happened, what to do, and how each shell answers.

Two channels for trouble: "the letter is wrong" is a failed `report.Check`; what stands here is
"we could not look", raised, caught once at a shell's edge and shown with its advice.
"""

from __future__ import annotations

from typing import ClassVar


class VerifierError(Exception):
    """A failure the verifier foresaw; carries its own explanation in both languages.

    `str(error)` is one line for people. Subclasses set the class attributes; `detail` names the concrete
    thing (a file, a column, a value) and never holds document content.
    """

    code: ClassVar[str] = "internal"
    cause: ClassVar[str] = "something went wrong"
    cause_zh: ClassVar[str] = "处理过程中出现问题"
    advice: ClassVar[str] = "try again; if it happens again, tell whoever runs this verifier"
    advice_zh: ClassVar[str] = "请重试；若再次出现，请联系系统管理人员"
    exit_code: ClassVar[int] = 4
    http_status: ClassVar[int] = 500
    retryable: ClassVar[bool] = False

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail)
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.message}; {self.advice}"

    @property
    def message(self) -> str:
        """What happened, in English, without the advice."""
        return f"{self.cause} ({self.detail})" if self.detail else self.cause

    @property
    def message_zh(self) -> str:
        """What happened, in Chinese, without the advice."""
        return f"{self.cause_zh}（{self.detail}）" if self.detail else self.cause_zh

    def __reduce__(self) -> tuple[type[VerifierError], tuple[str]]:
        return type(self), (self.detail,)


# --- the command or its configuration is wrong: exit 2 -------------------------------------------------


class ConfigurationError(VerifierError):
    """A setting or an argument cannot be used as given."""

    code = "configuration"
    cause = "the configuration cannot be used"
    cause_zh = "配置无法使用"
    advice = "correct the named setting and start again"
    advice_zh = "请改正所列设置后重新运行"
    exit_code = 2
    http_status = 500


class MissingEngineError(ConfigurationError):
    """Something the verifier reads with (Tesseract, a language, a model file) is absent or altered."""

    code = "engine_missing"
    cause = "a reading engine is missing or altered"
    cause_zh = "识别组件缺失或已被改动"
    advice = "run `verifier doctor`, it names what to install"
    advice_zh = "请运行 verifier doctor 查看需要安装的组件"
    http_status = 503


class InvalidInputError(ConfigurationError):
    """An input table (records, specimens, lists, manifest) is not as the contract says."""

    code = "input_invalid"
    cause = "an input table cannot be used"
    cause_zh = "输入表格无法使用"
    advice = "correct the named column or row and run again"
    advice_zh = "请改正所列的列或行后重新运行"
    http_status = 422


# --- the document cannot be opened: verdict unreadable, exit 3 -----------------------------------------


class UnreadableDocumentError(VerifierError):
    """The bytes are no document that a person could read either; the report says `unreadable`."""

    code = "unreadable"
    cause = "the file cannot be opened"
    cause_zh = "文件无法打开"
    advice = "export or scan the document again and upload the new file"
    advice_zh = "请重新导出或扫描该文件后上传"
    exit_code = 3
    http_status = 422


class EmptyFileError(UnreadableDocumentError):
    """Zero bytes."""

    code = "file_empty"
    cause = "the file is empty"
    cause_zh = "文件为空"


class UnsupportedFormatError(UnreadableDocumentError):
    """The content, whatever the name says, is no format we read."""

    code = "format_unsupported"
    cause = "the content is not a PDF, PNG, JPEG, TIFF or WebP"
    cause_zh = "文件内容不是 PDF、PNG、JPEG、TIFF 或 WebP"
    advice = "upload the letter as a PDF or as a scan in PNG, JPEG or TIFF"
    advice_zh = "请以 PDF 或 PNG、JPEG、TIFF 扫描件上传"


class DamagedFileError(UnreadableDocumentError):
    """The format is known, its content broken or cut off."""

    code = "file_damaged"
    cause = "the file is damaged or incomplete"
    cause_zh = "文件损坏或不完整"


class EncryptedFileError(UnreadableDocumentError):
    """Needs a password."""

    code = "file_encrypted"
    cause = "the file is protected by a password"
    cause_zh = "文件设有密码"
    advice = "save it without a password and upload it again"
    advice_zh = "请去除密码后重新上传"


class LimitExceededError(UnreadableDocumentError):
    """Larger, longer or more deeply nested than any honest letter."""

    code = "limit_exceeded"
    cause = "the file exceeds a limit"
    cause_zh = "文件超出限制"
    advice = "scan the letter at 300 dpi, up to 100 pages a file, and upload it again"
    advice_zh = "请以 300 dpi 扫描，每个文件不超过 100 页，然后重新上传"


# --- the document could not be processed: verdict null, exit 4 -----------------------------------------


class ProcessingError(VerifierError):
    """Our side failed while the document was in hand; nothing is said about the document."""

    code = "processing_failed"
    cause = "the document could not be processed"
    cause_zh = "文件未能处理"
    retryable = True


class SandboxError(ProcessingError):
    """The opening child died or ran out of its allowance."""

    code = "opening_failed"
    cause = "opening the file used up its allowance of memory or time"
    cause_zh = "打开文件时超出内存或时间限额"
    advice = "print the letter to a new PDF or scan it again and upload that"
    advice_zh = "请将文件重新打印为 PDF 或重新扫描后上传"
    retryable = False


class StoreError(ProcessingError):
    """The database or blob folder is gone, full, locked or altered."""

    code = "store_failed"
    cause = "the database could not be used"
    cause_zh = "数据库无法使用"
    advice = "check the disk and the database setting; nothing finished was lost"
    advice_zh = "请检查磁盘与数据库设置；已完成的结果不会丢失"


class NotFoundError(VerifierError):
    """A named thing (an application, a specimen) is not known here."""

    code = "not_found"
    cause = "not found"
    cause_zh = "未找到"
    advice = "check the number; import its records first with `verifier records import`"
    advice_zh = "请核对编号；先用 verifier records import 导入记录"
    exit_code = 2
    http_status = 404


# --- the service turns a request away: nothing was done -------------------------------------------------


class RequestError(VerifierError):
    """A request that cannot be served as it stands."""

    code = "request_invalid"
    cause = "the request cannot be used"
    cause_zh = "请求无效"
    advice = "correct the request as the API's description says and send it again"
    advice_zh = "请按接口说明改正请求后重新发送"
    exit_code = 2
    http_status = 400


class IdempotencyConflictError(RequestError):
    """An Idempotency-Key that an earlier request used for something else."""

    code = "idempotency_key_reused"
    cause = "the Idempotency-Key was used for another request"
    cause_zh = "该 Idempotency-Key 已用于另一请求"
    advice = "use a new key for a new request"
    advice_zh = "请为新的请求使用新的键"
    http_status = 422


class TooLargeError(RequestError):
    """More bytes, files or fields than a request may have."""

    code = "request_too_large"
    cause = "the request is larger than allowed"
    cause_zh = "请求超出大小限制"
    advice = "send fewer or smaller files"
    advice_zh = "请减少文件数量或大小"
    http_status = 413


class TooSlowError(RequestError):
    """A body that stopped arriving."""

    code = "request_too_slow"
    cause = "the request stopped arriving"
    cause_zh = "请求数据传输中断"
    advice = "send it again"
    advice_zh = "请重新发送"
    http_status = 408
    retryable = True


class OverloadedError(RequestError):
    """As much waits as may; nothing of this request was kept."""

    code = "overloaded"
    cause = "too many documents wait for their verdict"
    cause_zh = "等待处理的文件过多"
    advice = "wait as long as Retry-After says and send it again with the same Idempotency-Key"
    advice_zh = "请按 Retry-After 等待后，用同一 Idempotency-Key 重新发送"
    http_status = 429
    retryable = True
    retry_after_seconds: float = 10.0


class NotReadyError(RequestError):
    """Something that comes later: a report before its verdict."""

    code = "not_ready"
    cause = "the document has no report yet"
    cause_zh = "该文件尚无报告"
    advice = "ask again later, or follow the document's events"
    advice_zh = "请稍后再查询，或订阅该文件的事件"
    http_status = 409
    retryable = True


class GoneError(RequestError):
    """Something that was deleted."""

    code = "deleted"
    cause = "the content was deleted"
    cause_zh = "内容已删除"
    advice = "upload it again if it is still needed"
    advice_zh = "如仍需要，请重新上传"
    http_status = 410


class ForbiddenError(RequestError):
    """Not for whom asks."""

    code = "forbidden"
    cause = "this is not allowed"
    cause_zh = "没有权限"
    advice = "use the API from its own address"
    advice_zh = "请使用本服务自身的地址访问"
    http_status = 403
