"""A checkout is prepared step by step, and says plainly what it lacks."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def prepare(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script, with an environment of its own to prepare."""
    script = root / "installer" / "prepare.py"
    spec = importlib.util.spec_from_file_location("prepare", script)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "VENV", tmp_path)
    monkeypatch.setattr(module, "PYTHON", Path(sys.executable))
    return module


def test_a_step_is_taken_once_and_again_when_its_inputs_change(prepare: ModuleType):
    taken = []

    def step() -> bool:
        taken.append("step")
        return True

    for inputs in ("old", "old", "new", "new"):
        assert prepare.once("pins", inputs, step)

    assert len(taken) == 2


def test_a_step_that_failed_is_taken_again(prepare: ModuleType):
    assert not prepare.once("pins", "same", lambda: False)

    assert prepare.once("pins", "same", lambda: True)


def test_who_may_not_install_is_told_the_line_to_type(
    prepare: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
):
    monkeypatch.setattr(prepare, "loads", lambda library: library != "libEGL.so.1")
    monkeypatch.setattr(prepare.os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(
        prepare.shutil, "which", lambda name: name if name == "apt-get" else None
    )

    assert not prepare.install_system_packages()

    line = "sudo apt-get install -y --no-install-recommends libegl1\n"
    assert line in capsys.readouterr().err


def test_root_installs_what_is_missing(
    prepare: ModuleType, monkeypatch: pytest.MonkeyPatch
):
    commands = []
    monkeypatch.setattr(prepare, "loads", lambda library: library != "libEGL.so.1")
    monkeypatch.setattr(prepare.os, "geteuid", lambda: 0, raising=False)
    monkeypatch.setattr(prepare.shutil, "which", lambda name: name)
    monkeypatch.setattr(prepare, "run", lambda *line: commands.append(line) or 0)

    assert prepare.install_system_packages()

    assert [line[:2] for line in commands] == [
        ("apt-get", "update"),
        ("apt-get", "install"),
    ]
    assert commands[1][-1] == "libegl1"


def test_nothing_missing_asks_nobody(
    prepare: ModuleType, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(prepare, "loads", lambda _: True)
    monkeypatch.setattr(prepare, "run", lambda *line: pytest.fail(f"ran {line}"))

    assert prepare.install_system_packages()


def test_the_screen_decides_which_libraries_are_wanted(
    prepare: ModuleType, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(prepare, "loads", lambda _: False)
    monkeypatch.setattr(prepare.sys, "platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert "libxcb-cursor0" not in prepare.missing_packages()

    monkeypatch.setenv("DISPLAY", ":0")
    assert "libxcb-cursor0" in prepare.missing_packages()


@pytest.mark.skipif(os.name == "nt", reason="Windows starts prepare.py itself")
def test_an_old_python_is_passed_over_and_told(root: Path, tmp_path: Path):
    (tmp_path / "dirname").symlink_to(shutil.which("dirname"))
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)

    asked = subprocess.run(
        [shutil.which("sh"), root / "installer" / "prepare.sh"],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )

    assert asked.returncode == 1
    assert "Python 3.11 or newer" in asked.stderr
