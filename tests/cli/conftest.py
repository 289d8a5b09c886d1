"""Run the command line in this process and read what it answers."""

from __future__ import annotations

import io
import json
import sys
from dataclasses import dataclass
from typing import Any

import pytest

from valuer import cli


@dataclass(frozen=True)
class Answer:
    """What one command gave: exit code, stdout, stderr."""

    code: int
    out: bytes
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class _Stdin:
    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)


@pytest.fixture
def valuer(capsysbinary, monkeypatch):
    """Return a function that runs ``valuer`` with words, and what stdin holds."""
    monkeypatch.setenv("VALUER_LANGUAGE", "en")

    def run(*words: object, stdin: bytes = b"") -> Answer:
        monkeypatch.setattr(sys, "stdin", _Stdin(stdin))
        capsysbinary.readouterr()
        try:
            code = cli.main([str(word) for word in words], lambda library: 0)
        except SystemExit as stop:
            code = int(stop.code or 0)
        out, err = capsysbinary.readouterr()
        return Answer(code, out, err.decode("utf-8"))

    return run
