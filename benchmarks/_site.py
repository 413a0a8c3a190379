"""A loopback site that serves given documents for any host."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Documents = Mapping[str, tuple[str, bytes]]  # 'host/path' -> content type, body


@contextmanager
def serve(documents: Documents) -> Iterator[str]:
    """Serve until the block ends; yields a value for CONFLICTWIRE_HOST_MAP."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            host = (self.headers.get("Host") or "").split(":")[0]
            kind, body = documents.get(host + self.path, ("text/plain", b""))
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return None

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"*.example=127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
