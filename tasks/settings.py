"""Settings from CONFLICTWIRE_* environment variables, built once in a flow and passed down."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Everything a user may set; each value has a default that works on one laptop."""

    model_config = SettingsConfigDict(
        env_prefix="CONFLICTWIRE_", frozen=True, extra="ignore"
    )

    home: Path = Field(default=Path("data"), description="where all data lives")
    feeds: Path = Field(default=Path("feeds.toml"), description="the list of feeds")
    contact_url: str = Field(
        default="https://conflictwire.example/contact",
        description="shown to publishers in the User-Agent; set your own",
    )
    fetch_concurrency: int = Field(default=32, ge=1, le=512)
    per_host_concurrency: int = Field(default=2, ge=1, le=8)
    per_host_spacing_s: float = Field(default=1.0, ge=0)
    feed_timeout_s: float = Field(default=30.0, gt=0)
    article_timeout_s: float = Field(default=30.0, gt=0)
    max_feed_bytes: int = Field(default=15_000_000, ge=1_000)
    max_page_bytes: int = Field(default=10_000_000, ge=1_000)
    max_articles_per_run: int = Field(default=20_000, ge=1)
    batch_size: int = Field(
        default=50, ge=1, le=1_000, description="pages per task of extraction, coding"
    )
    load_size: int = Field(
        default=1_000, ge=1, le=5_000, description="pages per load, or lost to a kill"
    )
    extraction_workers: int = Field(default=1, ge=1, le=64)
    min_confidence: float = Field(default=0.5, ge=0, le=1)
    min_origins: int = Field(
        default=1, ge=1, description="independent origins an event in aggregates needs"
    )
    keep_releases: int = Field(default=14, ge=1, description="dated copies kept")
    keep_bodies_days: int | None = Field(
        default=None, description="drop bodies and texts after N days; None keeps them"
    )
    neighbour_days: int = Field(default=14, ge=1, description="near-copy window")
    max_failing_feed_share: float = Field(default=0.9, ge=0, le=1)
    host_map: str = Field(
        default="",
        description="demo and tests only: '*.example=127.0.0.1:8640' sends those hosts there",
    )

    @property
    def private_dir(self) -> Path:
        """Folder of the writer's file; analysts never open it."""
        return self.home / "private"

    @property
    def warehouse_path(self) -> Path:
        """The writer's DuckDB file."""
        return self.private_dir / "warehouse.duckdb"

    @property
    def public_dir(self) -> Path:
        """Folder of the published files."""
        return self.home / "public"

    @property
    def published_path(self) -> Path:
        """The file analysts open."""
        return self.public_dir / "conflict.duckdb"

    @property
    def archive_dir(self) -> Path:
        """Immutable raw responses."""
        return self.home / "archive"

    @property
    def exports_dir(self) -> Path:
        """Output of `conflictwire export`."""
        return self.home / "exports"

    @property
    def reports_dir(self) -> Path:
        """HTML reports; latest.html is the newest."""
        return self.home / "reports"

    @property
    def reference_dir(self) -> Path:
        """Built gazetteer; rebuilt when its data version changes."""
        return self.home / "reference"
