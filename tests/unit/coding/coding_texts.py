"""Documents for the coder's tests."""

from datetime import UTC, datetime

from tasks.model.coding import Document

FRIDAY = datetime(2025, 3, 14, 12, 0, tzinfo=UTC)


def document(
    body: str,
    title: str = "News",
    *,
    published: datetime | None = FRIDAY,
    country: str | None = "MLI",
    language: str = "en",
) -> Document:
    """Return a document; paragraphs of the body are parted by blank lines."""
    return Document(
        article_id="a",
        text=f"{title}\n\n{body}",
        title=title,
        published_at=published,
        language=language,
        outlet_country=country,
    )
