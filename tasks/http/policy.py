"""What the fetcher may do: one frozen value, built once from the settings."""

from dataclasses import dataclass

from tasks.settings import Settings


@dataclass(frozen=True, slots=True)
class HttpPolicy:
    """Limits of every request; times in seconds, sizes in bytes."""

    contact_url: str = "https://conflictwire.example/contact"
    concurrency: int = 32  # requests in flight, all hosts together
    per_host_concurrency: int = 2
    per_host_spacing_s: float = 1.0  # between two starts at one host
    host_map: str = ""  # '*.example=127.0.0.1:8640'; demo and tests only
    mapped_hosts_are_plain: bool = False  # mapped https hosts are spoken to in http
    connect_timeout_s: float = 10.0  # name lookup and TCP and TLS
    read_timeout_s: float = 15.0  # silence between two packets
    total_timeout_s: float = 30.0  # on the wire, all hops together
    max_bytes: int = 15_000_000  # compressed, and again decompressed
    max_error_bytes: int = 65_536  # of a body that is not a 200: read to classify it
    max_ratio: int = 100  # decompressed : compressed, beyond the first megabyte
    max_large_bodies: int = 4  # bodies over large_body_bytes read at the same time
    large_body_bytes: int = 1_000_000
    max_redirects: int = 5
    max_header_bytes: int = 16_384  # of one header field
    max_headers: int = 100
    max_url_length: int = 4_096
    allowed_ports: tuple[int, ...] = (80, 443)
    max_crawl_delay_s: float = 60.0  # a longer Crawl-delay counts as this
    dns_threads: int = 16

    @property
    def user_agent(self) -> str:
        """The honest name every request carries, with the way to reach us."""
        return f"Conflictwire/2026.11 (+{self.contact_url})"


def policy_from_settings(settings: Settings) -> HttpPolicy:
    """Return the policy a user's settings ask for."""
    return HttpPolicy(
        contact_url=settings.contact_url,
        concurrency=settings.fetch_concurrency,
        per_host_concurrency=settings.per_host_concurrency,
        per_host_spacing_s=settings.per_host_spacing_s,
        host_map=settings.host_map,
        mapped_hosts_are_plain=True,  # the newsroom has no certificate
        total_timeout_s=settings.feed_timeout_s,
        max_bytes=settings.max_feed_bytes,
    )
