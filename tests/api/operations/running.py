"""The real server in a process of its own, on a folder, with settings from the environment."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import Any

PROGRAM = """
import sys
import time

from api import serve as serving
from kb.settings import Settings
from kb.store import open_store

made = serving.create_app
def create(store, settings):
    app = made(store, settings)
    dispatch = app.view_functions["settings.show"]
    def slow():
        from flask import request
        time.sleep(float(request.args.get("seconds", "0")))
        return dispatch()
    app.view_functions["settings.show"] = slow
    return app
serving.create_app = create

settings = Settings.from_environment()
store = open_store(sys.argv[1], settings)
serving.serve(store, settings, host="127.0.0.1", port=0, announce=lambda text: print(text, flush=True))
"""
"""``/settings?seconds=2`` takes two seconds here."""


@dataclass(frozen=True, slots=True)
class Got:
    """An answer, whatever its status."""

    status: int
    content: bytes
    headers: Message

    @property
    def json(self) -> Any:
        return json.loads(self.content)


@dataclass(frozen=True, slots=True)
class Running:
    process: subprocess.Popen[str]
    address: str

    def ready(self) -> bool:
        """Wait until it is ready; False where that takes too long."""
        end = time.monotonic() + 20
        while time.monotonic() < end:
            if self.get("/readyz").status == 200:
                return True
            time.sleep(0.05)
        return False

    def get(self, path: str, **query: str) -> Got:
        sent = f"{self.address}{path}" + (f"?{urllib.parse.urlencode(query)}" if query else "")
        try:
            with urllib.request.urlopen(sent, timeout=20) as response:
                return Got(response.status, response.read(), response.headers)
        except urllib.error.HTTPError as error:
            with error:
                return Got(error.code, error.read(), error.headers)


@contextmanager
def running(folder: Path, **environment: str) -> Iterator[Running]:
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
    )
    assert process.stdout is not None
    try:
        yield Running(process, process.stdout.readline().strip().rstrip("/"))
    finally:
        process.kill()
        process.communicate()
