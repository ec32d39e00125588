"""An invented time authority on the loopback, made with openssl: a root, a certificate for stamps, a server."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

CONFIG = """\
[req]
distinguished_name = name
prompt = no
[name]
O = Meren Time (fiction)
CN = {cn}
[root]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[stamps]
basicConstraints = critical, CA:false
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[web]
basicConstraints = critical, CA:false
extendedKeyUsage = critical, serverAuth
[tsa]
default_tsa = meren
[meren]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/stamps.pem
signer_key = {folder}/stamps.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
accuracy = secs:1
ordering = no
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""


def openssl(*arguments: str | Path, cwd: Path | None = None) -> str:
    """What openssl prints; an error when it fails."""
    done = subprocess.run(["openssl", *map(str, arguments)], cwd=cwd, capture_output=True, text=True)
    if done.returncode:
        raise AssertionError(f"openssl {arguments[0]}: {done.stdout}{done.stderr}")
    return done.stdout + done.stderr


class Authority:
    """Answers requests as its certificate allows; `roots` is its root certificate."""

    def __init__(self, folder: Path, usage: str = "stamps") -> None:
        self.folder = folder
        for name, cn in (("root", "Meren Root"), ("stamps", "Meren Stamps")):
            (folder / f"{name}.cnf").write_text(CONFIG.format(cn=cn, folder=folder))
            openssl(
                "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", folder / f"{name}.key"
            )
        root = ("-config", folder / "root.cnf", "-key", folder / "root.key", "-extensions", "root")
        openssl("req", "-new", "-x509", *root, "-days", "9", "-out", folder / "root.pem")
        config = folder / "stamps.cnf"
        openssl("req", "-new", "-config", config, "-key", folder / "stamps.key", "-out", folder / "stamps.csr")
        signer = ("-CA", folder / "root.pem", "-CAkey", folder / "root.key", "-set_serial", "2")
        extensions = ("-extfile", config, "-extensions", usage, "-days", "9")
        openssl("x509", "-req", "-in", folder / "stamps.csr", *signer, *extensions, "-out", folder / "stamps.pem")
        (folder / "serial").write_text("01\n")

    @property
    def roots(self) -> bytes:
        return (self.folder / "root.pem").read_bytes()

    def answer(self, request: bytes) -> bytes:
        """The reply of `openssl ts` to a request."""
        query, reply = self.folder / "query.tsq", self.folder / "reply.tsr"
        query.write_bytes(request)
        openssl("ts", "-reply", "-config", self.folder / "stamps.cnf", "-queryfile", query, "-out", reply)
        return reply.read_bytes()


@contextmanager
def served(answer: Callable[[bytes], bytes], kind: str = "application/timestamp-reply") -> Iterator[str]:
    """The address of a server on the loopback that answers each request so."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
