"""`gazetteer download`: fetches GeoNames country files, resumably and checked.

GeoNames publishes no checksums, so the size the server states is compared, the archive's
own CRC is verified, and the SHA-256 of what arrived is returned for the record.
"""

import hashlib
import shutil
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tasks.errors import ConfigError, PipelineError

GEONAMES_URL = "https://download.geonames.org/export/dump/"
_TABLES = ("admin1CodesASCII.txt", "admin2Codes.txt")
_CHUNK = 1 << 16
_MAX_BYTES = 2_000_000_000
_TIMEOUT_S = 60.0
_RANGE_DONE = 416  # the part on disk is the whole file already


class DownloadError(PipelineError):
    """A file did not arrive whole; what came is kept for the next attempt."""


@dataclass(frozen=True, slots=True)
class Downloaded:
    """A file that arrived."""

    name: str
    bytes: int
    sha256: str
    resumed: bool


def download_countries(
    countries: Sequence[str],
    target: Path,
    *,
    base_url: str = GEONAMES_URL,
    progress: Callable[[str], None] | None = None,
) -> tuple[Downloaded, ...]:
    """Fetch XX.zip of each ISO2 code and the admin tables into `target`, and unpack."""
    codes = [code.strip().upper() for code in countries if code.strip()]
    bad = [code for code in codes if len(code) != 2 or not code.isalpha()]
    if bad or not codes:
        raise ConfigError(
            f"countries must be ISO codes like ML,BF; got {bad or 'none'}"
        )
    target.mkdir(parents=True, exist_ok=True)
    names = [*_TABLES, *(f"{code}.zip" for code in codes)]
    out = []
    for name in names:
        if progress:
            progress(f"fetching {name}")
        out.append(fetch(base_url + name, target / name))
        if name.endswith(".zip"):
            _unpack(target / name, target)
    return tuple(out)


def fetch(url: str, path: Path) -> Downloaded:
    """Fetch one file, continuing a part left by an earlier attempt."""
    if not url.startswith(("https://", "http://")):
        raise ConfigError(f"{url}: not an http address")
    part = path.with_name(path.name + ".part")
    have = part.stat().st_size if part.is_file() else 0
    request = urllib.request.Request(url)  # noqa: S310 - scheme checked above
    if have:
        request.add_header("Range", f"bytes={have}-")
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT_S) as response:  # noqa: S310
            resumed = response.status == 206
            expected = _expected(response.headers, have if resumed else 0)
            with part.open("ab" if resumed else "wb") as out:
                _copy(response, out)
    except urllib.error.HTTPError as error:
        if error.code != _RANGE_DONE:
            raise DownloadError(f"{url}: HTTP {error.code}") from error
        resumed, expected = True, have
    except OSError as error:
        raise DownloadError(f"{url}: {error}; run again to continue") from error
    size = part.stat().st_size
    if expected is not None and size != expected:
        raise DownloadError(f"{url}: {size} of {expected} bytes; run again to continue")
    part.replace(path)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return Downloaded(path.name, size, digest, resumed)


def _expected(headers: object, offset: int) -> int | None:
    length = getattr(headers, "get", lambda _name: None)("Content-Length")
    return int(length) + offset if length and str(length).isdigit() else None


def _copy(response: object, out: object) -> None:
    total = 0
    read = response.read  # type: ignore[attr-defined]  # http.client's, untyped here
    while chunk := read(_CHUNK):
        total += len(chunk)
        if total > _MAX_BYTES:
            raise DownloadError("more than 2 GB: not a country file")
        out.write(chunk)  # type: ignore[attr-defined]


def _unpack(archive: Path, target: Path) -> None:
    """Unpack XX.txt, whose CRC zipfile verifies; other members are ignored."""
    try:
        with zipfile.ZipFile(archive) as zipped:
            member = f"{archive.stem}.txt"
            _check_size(archive, zipped.getinfo(member).file_size)
            temporary = target / f"{member}.tmp"
            with zipped.open(member) as source, temporary.open("wb") as out:
                shutil.copyfileobj(source, out)
            temporary.replace(target / member)
    except (zipfile.BadZipFile, KeyError) as error:
        archive.unlink()  # a damaged archive must not be resumed
        raise DownloadError(f"{archive.name}: damaged; run again") from error


def _check_size(archive: Path, size: int) -> None:
    if size > _MAX_BYTES:
        raise DownloadError(f"{archive.name}: unpacks to more than 2 GB")
