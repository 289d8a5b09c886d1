"""What every test may ask for."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent

gc.disable()  # until all tests are collected: nothing of theirs is garbage

# Before Qt is imported: tests draw off screen unless told otherwise.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# The same examples in every run, and no test fails because a machine is busy; new
# ones are tried with --hypothesis-profile=default.
settings.register_profile("steady", deadline=None, derandomize=True, max_examples=25)
settings.load_profile("steady")


def pytest_collection_finish() -> None:
    """Leave out of every search for garbage what is there before the first test."""
    gc.enable()
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests count, whichever worker ran them."""
    for report in terminalreporter.getreports("passed"):
        for name, line in report.user_properties:
            if name == "told":
                terminalreporter.write_line(str(line))


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real files of other people; they lie beside the checkout, never in it."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the real files in ../shared/data are not on this machine")
    return folder


@pytest.fixture(scope="session")
def wanted() -> Callable[[object, str], None]:
    """Skips where a machine lacks a tool; where everything is checked, fails."""

    def wanted(found: object, what: str) -> None:
        if found:
            return
        if os.environ.get("CI"):
            pytest.fail(f"{what} must be on this machine")
        pytest.skip(f"{what} is not on this machine")

    return wanted
