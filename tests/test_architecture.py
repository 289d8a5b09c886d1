"""The five floors hold, and a breach of any rule is seen."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

LINT = "from importlinter.cli import lint_imports_command as lint; lint()"

BREACHES = {
    "an import upwards": ("core/breach.py", "import valuer.store"),
    "a neighbour on the same floor": ("imports/breach.py", "import valuer.store"),
    "one floor's strangers": ("agency/breach.py", "import valuer.methods"),
    "a package without a floor": ("cellar/__init__.py", "import valuer.core"),
    "Qt outside the window": ("methods/breach.py", "import PySide6.QtCore"),
    "SQL outside the store": ("cli/breach.py", "import sqlite3"),
    "PDF outside the reports": ("gui/breach.py", "import reportlab.lib"),
    "one method that knows another": (
        "methods/income/breach.py",
        "import valuer.methods.income.relief_from_royalty",
    ),
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Check the imports of the checkout in ``folder``."""
    command = [sys.executable, "-c", LINT, "--no-cache"]
    return subprocess.run(
        command, cwd=folder, capture_output=True, check=False, encoding="utf-8"
    )


def test_imports_go_down_the_five_floors_only(root: Path):
    checked = lint(root)
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize("breach", BREACHES)
def test_a_breach_is_refused(root: Path, tmp_path: Path, breach: str):
    name, line = BREACHES[breach]
    shutil.copy(root / "pyproject.toml", tmp_path)
    shutil.copytree(root / "valuer", tmp_path / "valuer")
    module = tmp_path / "valuer" / name
    module.parent.mkdir(exist_ok=True)
    module.write_text(line + "\n", "utf-8")

    checked = lint(tmp_path)

    assert checked.returncode == 1, checked.stdout + checked.stderr
    assert " 1 broken" in checked.stdout
