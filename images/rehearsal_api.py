#!/usr/bin/env python3
"""Plays an API server without objects, for as long as the control plane rehearses its start.

It answers every list with an empty one, every object with 404, and takes what is written as if it had been stored. A
watch stays open and silent. Prints its port, then serves until its standard input ends. Nothing is proven by it: it is
there so that the classes a start needs get loaded.
"""

import json
import re
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LIST = re.compile(r"^/(api/v1|apis/[^/]+/[^/]+)(/namespaces/[^/]+)?/[^/]+$")
WATCH_SECONDS = 60


class EmptyCluster(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        path, _, query = self.path.partition("?")
        if path == "/version":
            self.answer(200, {"major": "1", "minor": "34", "gitVersion": "v1.34.0"})
        elif "watch=true" in query:
            self.watch()
        elif LIST.match(path):
            self.answer(200, {"apiVersion": "v1", "kind": "List", "metadata": {"resourceVersion": "1"}, "items": []})
        else:
            missing = {"apiVersion": "v1", "kind": "Status", "status": "Failure", "reason": "NotFound", "code": 404}
            self.answer(404, missing)

    def do_POST(self):
        self.written(201)

    def do_PUT(self):
        self.written(200)

    def do_PATCH(self):
        self.written(200)

    def written(self, code):
        body = json.loads(self.rfile.read(int(self.headers.get("content-length", 0))) or "{}")
        stored = body if isinstance(body, dict) else {}
        stored.setdefault("metadata", {}).update({"resourceVersion": "2", "uid": "rehearsal"})
        self.answer(code, stored)

    def watch(self):
        # Without a word of WebSockets in the answer, the client asks again for a plain watch.
        if "upgrade" in self.headers.get("connection", "").lower():
            self.answer(200, {})
            return
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()
        self.wfile.flush()
        time.sleep(WATCH_SECONDS)

    def answer(self, code, content):
        body = json.dumps(content).encode()
        self.send_response(code)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), EmptyCluster)
    server.handle_error = lambda *_: None  # a client that went away
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    sys.stdin.read()
