"""The shipped files are found wherever the program runs from."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from valuer.core.resources import resource, resources_folder

CATALOGUE = "translations/zh_CN/LC_MESSAGES/valuer.mo"

ASK = f"""
from valuer.core.resources import resource
path = resource({CATALOGUE!r})
assert path.is_file(), path
print(path)
"""


@pytest.fixture(scope="session")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder]
    subprocess.run(build, cwd=root, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def test_found_in_a_checkout(root: Path):
    assert resources_folder() == root / "resources"
    assert resource(CATALOGUE).is_file()


def test_found_in_an_installed_wheel(wheel: Path, tmp_path: Path):
    site = tmp_path / "专利 x"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)

    asked = subprocess.run(
        [
            sys.executable,
            "-I",
            "-c",
            f"import sys; sys.path.insert(0, {str(site)!r})" + ASK,
        ],
        capture_output=True,
        check=True,
        encoding="utf-8",
        env={"PYTHONUTF8": "1"},
        cwd=tmp_path,
    )

    assert Path(asked.stdout.strip()) == site / "valuer" / "resources" / CATALOGUE


def test_found_in_a_frozen_bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "resources" / "translations").mkdir(parents=True)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)

    assert resources_folder() == tmp_path / "resources"


def test_an_incomplete_installation_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    module = tmp_path / "site" / "valuer" / "core" / "resources.py"
    monkeypatch.setattr("valuer.core.resources.__file__", str(module))

    with pytest.raises(FileNotFoundError, match="resources"):
        resources_folder()


def test_the_wheel_holds_every_shipped_file_and_every_module(root: Path, wheel: Path):
    with zipfile.ZipFile(wheel) as archive:
        packed = set(archive.namelist())
    hidden = {"__pycache__"}
    modules = {
        path.relative_to(root).as_posix()
        for path in (root / "valuer").rglob("*")
        if path.is_file() and not hidden & set(path.parts)
    }
    shipped = {
        "valuer/" + path.relative_to(root).as_posix()
        for path in (root / "resources").rglob("*")
        if path.is_file()
    }

    assert modules | shipped <= packed


def test_an_editable_install_points_to_the_checkout_and_holds_no_copy(
    root: Path, tmp_path: Path
):
    build = (
        "from hatchling.build import build_editable as b; import sys; b(sys.argv[1])"
    )
    folder = tmp_path / "专利"
    folder.mkdir()
    command = [sys.executable, "-c", build, str(folder)]
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    with zipfile.ZipFile(built) as archive:
        assert not [name for name in archive.namelist() if name.startswith("valuer/")]
        # Read in the locale's encoding, so it may not name a folder.
        paths = [name for name in archive.namelist() if name.endswith(".pth")]
        assert all(archive.read(name).isascii() for name in paths)
