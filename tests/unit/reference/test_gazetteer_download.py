"""The download, against a server on loopback that serves GeoNames' layout."""

import hashlib
import io
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tasks.errors import ConfigError
from tasks.reference.download import DownloadError, download_countries, fetch


def _zip(name: str, text: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, text)
        archive.writestr("readme.txt", "ignored")
    return buffer.getvalue()


_FILES = {
    "/ML.zip": _zip("ML.txt", "1\tBamako\n" * 500),
    "/XX.zip": b"PK not a zip",
    "/admin1CodesASCII.txt": b"ML.08\tTombouctou\tTombouctou\t2449066\n",
    "/admin2Codes.txt": b"",
}


class _Handler(BaseHTTPRequestHandler):
    cut_after: int | None = None

    def do_GET(self) -> None:
        body = _FILES.get(self.path)
        if body is None:
            self.send_error(404)
            return
        wanted = self.headers.get("Range")
        start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted else 0
        if start >= len(body) and wanted:
            self.send_error(416)
            return
        self.send_response(206 if wanted else 200)
        self.send_header("Content-Length", str(len(body) - start))
        self.end_headers()
        cut = type(self).cut_after
        self.wfile.write(body[start : start + cut] if cut else body[start:])

    def log_message(self, *args: object) -> None:
        """Keep the test output clean."""


@pytest.fixture
def server() -> Iterator[str]:
    _Handler.cut_after = None
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{httpd.server_address[1]}/"
    httpd.shutdown()
    httpd.server_close()


def test_country_files_arrive_unpacked_and_hashed(server: str, tmp_path: Path) -> None:
    got = download_countries(["ml"], tmp_path, base_url=server)
    assert [d.name for d in got] == [
        "admin1CodesASCII.txt",
        "admin2Codes.txt",
        "ML.zip",
    ]
    assert got[-1].sha256 == hashlib.sha256(_FILES["/ML.zip"]).hexdigest()
    assert (tmp_path / "ML.txt").read_text().startswith("1\tBamako")
    assert not list(tmp_path.glob("*.part"))
    assert not (tmp_path / "readme.txt").exists()


def test_an_interrupted_download_continues_where_it_stopped(
    server: str, tmp_path: Path
) -> None:
    _Handler.cut_after = 40
    with pytest.raises(DownloadError, match="again"):
        fetch(server + "ML.zip", tmp_path / "ML.zip")
    assert (tmp_path / "ML.zip.part").stat().st_size == 40
    _Handler.cut_after = None
    done = fetch(server + "ML.zip", tmp_path / "ML.zip")
    assert done.resumed
    assert (tmp_path / "ML.zip").read_bytes() == _FILES["/ML.zip"]


def test_a_part_that_is_whole_already_is_accepted(server: str, tmp_path: Path) -> None:
    (tmp_path / "ML.zip.part").write_bytes(_FILES["/ML.zip"])
    assert fetch(server + "ML.zip", tmp_path / "ML.zip").bytes == len(_FILES["/ML.zip"])


def test_a_damaged_archive_is_refused_and_removed(server: str, tmp_path: Path) -> None:
    with pytest.raises(DownloadError, match="damaged"):
        download_countries(["XX"], tmp_path, base_url=server)
    assert not (tmp_path / "XX.zip").exists()


def test_a_country_the_server_lacks_is_an_error(server: str, tmp_path: Path) -> None:
    with pytest.raises(DownloadError, match="404"):
        download_countries(["QQ"], tmp_path, base_url=server)


@pytest.mark.parametrize("countries", [[], ["MLI"], ["../x"], ["M1"]])
def test_country_codes_are_checked_before_any_request(
    countries: list[str], tmp_path: Path
) -> None:
    with pytest.raises(ConfigError):
        download_countries(countries, tmp_path, base_url="http://127.0.0.1:9/")


def test_other_schemes_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError):
        fetch("file:///etc/hostname", tmp_path / "x")
