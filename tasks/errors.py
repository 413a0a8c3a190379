"""Errors grouped by what the caller does next; anything else is a bug and propagates."""

from tasks.model.reasons import PollReason, RejectReason


class PipelineError(Exception):
    """Root of every expected failure."""


class ConfigError(PipelineError):
    """Stop before the first request: a setting or feeds.toml is wrong."""


class FetchError(PipelineError):
    """No usable response; `reason` is stored, `retry_after_s` is the server's wish."""

    def __init__(
        self,
        reason: PollReason,
        detail: str = "",
        *,
        status: int | None = None,
        retry_after_s: int | None = None,
    ) -> None:
        super().__init__(f"{reason.value}: {detail}" if detail else reason.value)
        self.reason = reason
        self.detail = detail
        self.status = status
        self.retry_after_s = retry_after_s


class FeedError(PipelineError):
    """Record, skip this feed, next poll later; `reason` is stored."""

    def __init__(self, reason: PollReason, detail: str = "") -> None:
        super().__init__(f"{reason.value}: {detail}" if detail else reason.value)
        self.reason = reason
        self.detail = detail


class ArticleError(PipelineError):
    """Record a reject, keep the item; `reason` is stored."""

    def __init__(self, reason: RejectReason, detail: str = "") -> None:
        super().__init__(f"{reason.value}: {detail}" if detail else reason.value)
        self.reason = reason
        self.detail = detail


class AssertionFailed(PipelineError):  # noqa: N818 - the name users see in the run state
    """Fail the run and do not publish: the night's figures are not believable."""


class WarehouseError(PipelineError):
    """Fail the run, roll back; the file is as it was before."""


class WarehouseLocked(WarehouseError):  # noqa: N818
    """Another process holds the writer's lock: wait and try again."""
