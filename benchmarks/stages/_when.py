"""Publication times as the measurement files write them."""

from datetime import UTC, datetime


def published(value: str | None) -> datetime | None:
    """Read an ISO day or moment; a day alone is taken at noon UTC, the same day anywhere."""
    if not value:
        return None
    moment = datetime.fromisoformat(value if "T" in value else f"{value[:10]}T12:00:00")
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
