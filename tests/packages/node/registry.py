"""A package registry on this machine that has the tarballs of build/packages and nothing else. So they are installed as users
install them: by name, and the package manager chooses among the platforms."""

import base64
import hashlib
import json
import tarfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def manifest(tarball):
    with tarfile.open(tarball) as archive:
        return json.load(archive.extractfile("package/package.json"))


class Registry:
    def __init__(self, tarballs):
        self.tarballs = {tarball.name: tarball for tarball in tarballs}
        self.manifests = {tarball.name: manifest(tarball) for tarball in tarballs}
        registry = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                registry.answer(self)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def answer(self, request):
        name = request.path.split("?")[0].strip("/")
        if name in self.tarballs:
            status, kind, body = 200, "application/octet-stream", self.tarballs[name].read_bytes()
        else:
            versions = {each["version"]: self.version(file) for file, each in self.manifests.items() if each["name"] == name}
            status, kind, body = (200 if versions else 404), "application/json", json.dumps(self.page(name, versions)).encode()
        request.send_response(status)
        request.send_header("Content-Type", kind)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    def version(self, file):
        digest = hashlib.sha512(self.tarballs[file].read_bytes()).digest()
        dist = {"tarball": self.url + file, "integrity": "sha512-" + base64.b64encode(digest).decode()}
        return self.manifests[file] | {"dist": dist}

    @staticmethod
    def page(name, versions):
        """What is known of a package. It has been there for long: package managers can be told to wait with new ones."""
        if not versions:
            return {"error": "not found"}
        return {
            "name": name, "versions": versions, "dist-tags": {"latest": max(versions)},
            "time": dict.fromkeys(["created", "modified", *versions], "2020-01-01T00:00:00.000Z"),
        }
