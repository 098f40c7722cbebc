"""Talks to yaml-language-server, the program behind YAML in most editors: as much of the protocol as tests need."""

from __future__ import annotations

import json
import os
import queue
import shutil
import subprocess
import tempfile
import threading
from pathlib import Path
from types import TracebackType
from typing import Any, Self

PACKAGE = "yaml-language-server@1.25.0"
WAIT = 60.0
_OFFLINE = ("ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ETIMEDOUT", "ENETUNREACH", "ECONNRESET", "ENOTCACHED")


class Missing(Exception):  # noqa: N818 - it is no error: the test is skipped
    """There is no npm here, or nowhere to get packages from."""


def install() -> list[str]:
    """Return the command of the server, which npm installs into a folder that is kept between runs.

    Raises:
        Missing: npm is not there, or cannot reach its registry.
    """
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        raise Missing("npm is not installed")
    folder = Path(tempfile.gettempdir()) / f"presenter-tests-{os.getuid()}" / PACKAGE.replace("@", "-")
    server = folder / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
    if not server.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        command = [npm, "install", "--prefix", str(folder), "--no-audit", "--no-fund", "--ignore-scripts", PACKAGE]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
        if done.returncode:
            if any(code in done.stderr for code in _OFFLINE):
                raise Missing(f"npm cannot reach its registry: {done.stderr[-200:]}")
            raise AssertionError(done.stderr)
    return [node, str(server), "--stdio"]


class Server:
    """A running server with one folder open."""

    def __init__(self, command: list[str], folder: Path) -> None:
        self.folder = folder
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder)
        self._inbox: queue.Queue[dict[str, Any]] = queue.Queue()
        self._number = 0
        self._version = 0
        self._diagnostics: dict[str, list[dict[str, Any]]] = {}
        threading.Thread(target=self._listen, daemon=True).start()
        root = folder.as_uri()
        self.ask(
            "initialize",
            {
                "processId": None,
                "rootUri": root,
                "workspaceFolders": [{"uri": root, "name": "decks"}],
                "capabilities": {
                    "textDocument": {
                        "completion": {"completionItem": {"snippetSupport": True, "documentationFormat": ["markdown"]}},
                        "hover": {"contentFormat": ["markdown"]},
                    },
                    "workspace": {"configuration": True},
                },
            },
        )
        self._send({"method": "initialized", "params": {}})

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream:
                stream.close()

    def open(self, name: str, text: str) -> list[dict[str, Any]]:
        """Open a file as an editor does; return what the server finds wrong with it."""
        uri = (self.folder / name).as_uri()
        (self.folder / name).write_text(text, encoding="utf-8")
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        while True:
            message = self._next()
            if message.get("method") == "textDocument/publishDiagnostics" and message["params"]["uri"] == uri:
                found: list[dict[str, Any]] = message["params"]["diagnostics"]
                return found

    def complete(self, name: str, line: int, column: int) -> dict[str, dict[str, Any]]:
        """Return what is offered at a place (from 0), by label."""
        found = self.ask("textDocument/completion", self._place(name, line, column))
        items = found["items"] if isinstance(found, dict) else found or []
        return {item["label"]: item for item in items}

    def hover(self, name: str, line: int, column: int) -> str:
        """Return what is said about a place (from 0)."""
        found = self.ask("textDocument/hover", self._place(name, line, column))
        return str(found["contents"]["value"]) if found else ""

    def _place(self, name: str, line: int, column: int) -> dict[str, Any]:
        uri = (self.folder / name).as_uri()
        return {"textDocument": {"uri": uri}, "position": {"line": line, "character": column}}

    def ask(self, method: str, params: dict[str, Any]) -> Any:  # noqa: ANN401 - whatever the server answers
        """Ask the server something, and wait for the answer."""
        self._number += 1
        number = self._number
        self._send({"id": number, "method": method, "params": params})
        while True:
            message = self._next()
            if message.get("id") == number and "method" not in message:
                assert "error" not in message, message
                return message.get("result")

    def _next(self) -> dict[str, Any]:
        """Return the next message; answer what the server asks."""
        message = self._inbox.get(timeout=WAIT)
        if "id" in message and "method" in message:
            items = message.get("params", {}).get("items", [])
            self._send({"id": message["id"], "result": [self._settings(item.get("section")) for item in items] or None})
        return message

    @staticmethod
    def _settings(section: str | None) -> dict[str, Any] | None:
        if section != "yaml":
            return None
        # The catalogue of schemas is on the network; the deck names its own.
        return {"schemaStore": {"enable": False}, "validate": True, "hover": True, "completion": True}

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    def _listen(self) -> None:
        out = self._process.stdout
        assert out is not None
        while line := out.readline():
            size = 0
            while line.strip():
                name, _, value = line.partition(b":")
                size = int(value) if name.lower() == b"content-length" else size
                line = out.readline()
            self._inbox.put(json.loads(out.read(size)))
