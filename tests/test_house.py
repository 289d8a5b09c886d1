"""The house rules that no tool checks: sizes, tests for parts, what may not be here."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

LINES_OF_A_FILE = 400
# About forty lines: what the formatter lays out over several lines counts once.
STATEMENTS_OF_A_FUNCTION = 30
LEVELS_OF_INDENT = 3

# Packages whose __init__ registers its modules: a line there, and a test here.
REGISTRIES = ("valuer/methods", "valuer/imports", "valuer/reports/sections")

FORBIDDEN_ANYWHERE = {
    "a path of one machine": r"(?<![\w.}])/(?:work|root|home)/",
    "a package index": r"pypi\.org|pythonhosted\.org|npmjs\.org",
}
UNFINISHED = (
    r"raise NotImplemented|\bTODO\b|\bFIXME\b|\bXXX\b|coming soon|尚未实现|暂未"
)
# Imported, but bound to the package that brings them along.
COME_ALONG = {"asn1crypto", "pyhanko-certvalidator", "lxml", "shiboken6"}
LOCK_FILES = ("uv.lock", "poetry.lock", "pylock.toml", "package-lock.json")


def files(*patterns: str) -> list[Path]:
    """The project's own files, without what tools leave beside them."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(
        [*command, "--", *patterns], cwd=ROOT, capture_output=True, check=True
    )
    names = {name.decode() for name in listed.stdout.split(b"\0") if name}
    return [ROOT / name for name in sorted(names) if (ROOT / name).is_file()]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(*patterns: str) -> Iterator[tuple[str, ast.AST]]:
    """Every function of these files, with the place where it stands."""
    for path in files(*patterns):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{name(path)}:{node.lineno} {node.name}", node


def levels(node: ast.AST) -> int:
    """How deep the blocks inside a function nest; elif is no deeper than if."""
    blocks = ast.If | ast.For | ast.While | ast.With | ast.Try | ast.Match
    deepest = 0
    for field, value in ast.iter_fields(node):
        inner = (
            [part for part in value if isinstance(part, ast.AST)]
            if isinstance(value, list)
            else []
        )
        is_elif = field == "orelse" and len(inner) == 1 and isinstance(inner[0], ast.If)
        for part in inner:
            step = isinstance(part, blocks) and not is_elif
            deepest = max(deepest, step + levels(part))
    return deepest


def test_a_file_is_short():
    sizes = {
        name(path): len(path.read_text("utf-8").splitlines()) for path in files("*.py")
    }
    assert not {path: size for path, size in sizes.items() if size >= LINES_OF_A_FILE}


def test_a_function_is_short():
    sizes = {
        place: sum(isinstance(part, ast.stmt) for part in ast.walk(node)) - 1
        for place, node in functions("valuer/*.py", "installer/*.py", "hatch_build.py")
    }
    assert not {
        place: size for place, size in sizes.items() if size > STATEMENTS_OF_A_FUNCTION
    }


def test_a_function_is_flat():
    depths = {place: levels(node) for place, node in functions("valuer/*.py")}
    assert not {
        place: depth for place, depth in depths.items() if depth > LEVELS_OF_INDENT
    }


@pytest.mark.parametrize("package", REGISTRIES)
def test_every_registered_part_has_a_test(package: str):
    tests = "\n".join(path.read_text("utf-8") for path in files("tests/*.py"))
    named = {path.name for path in files("tests/*.py")}
    missing = [
        part
        for part in registered(package)
        if f"test_{part}.py" not in named and not re.search(rf"\b{part}\b", tests)
    ]
    assert not missing


def registered(package: str) -> list[str]:
    """The modules of a package that its __init__ names, to register their parts."""
    source = (ROOT / package / "__init__.py").read_text("utf-8")
    inside = package.replace("/", ".")
    named = [
        (node.module or "", alias.name)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    ]
    return [
        part
        for module, part in named
        if module.startswith(inside)
        and (ROOT / module.replace(".", "/") / f"{part}.py").is_file()
    ]


def test_nothing_is_unfinished():
    found = [
        f"{name(path)}: {match[0]}"
        for path in files("valuer/*.py")
        for match in re.finditer(UNFINISHED, path.read_text("utf-8"))
    ]
    assert not found


@pytest.mark.parametrize("what", FORBIDDEN_ANYWHERE)
def test_no_file_names(what: str):
    found = []
    for path in files():
        text = path.read_bytes().decode("utf-8", "replace")
        if match := re.search(FORBIDDEN_ANYWHERE[what], text):
            found.append(f"{name(path)}: {match[0]}")
    assert not found


def test_no_lock_file_of_another_tool_is_kept():
    assert not files(*LOCK_FILES)


def test_the_pins_are_versions_and_hashes_only():
    lines = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    pin = re.compile(
        r"#.*|[a-z0-9-]+==[\w.]+( ; [\w '.<>=!()]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?"
    )
    assert not [line for line in lines if not pin.fullmatch(line)]


def test_every_dependency_is_pinned_and_explained():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    wanted += project["build-system"]["requires"]
    names = {re.match(r"[\w-]+", line)[0].lower() for line in wanted}
    pinned = (ROOT / "requirements.txt").read_text("utf-8")
    reasons = (ROOT / "docs/decisions/dependencies.md").read_text("utf-8").lower()

    assert not [each for each in names if f"\n{each}==" not in pinned]
    assert not [each for each in names if f"`{each}`" not in reasons]


def test_the_program_imports_what_it_declares_and_nothing_else():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    declared = {
        re.match(r"[\w-]+", line)[0].lower() for line in project["dependencies"]
    }
    foreign = imported(files("valuer/*.py")) - sys.stdlib_module_names - {"valuer"}
    distributions = packages_distributions()
    used = {distributions[package][0].lower() for package in foreign}

    assert {each.replace("_", "-") for each in used} - COME_ALONG == declared


def imported(paths: list[Path]) -> set[str]:
    """The names of the top packages that these files import."""
    found = set()
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                found.add((node.module or "").partition(".")[0])
    return found
