"""Style and types, checked by the tools that CONTRIBUTING.md names."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

CHECKS = {
    "ruff check": ["ruff", "check", "--quiet", "."],
    "ruff format": ["ruff", "format", "--check", "--quiet", "."],
    "mypy --strict": ["mypy", "--no-error-summary"],
}


@pytest.mark.parametrize("check", CHECKS)
def test_the_code_passes(root: Path, check: str):
    command = [sys.executable, "-m", *CHECKS[check]]
    checked = subprocess.run(
        command, cwd=root, capture_output=True, check=False, encoding="utf-8"
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
