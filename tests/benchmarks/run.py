"""Run the benchmarks and print one table; see README.md beside this file."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from rows import Row  # noqa: E402 - beside this file, wherever it is run from


def measured(path: Path) -> list[Row]:
    """Return the rows of one benchmark."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise ImportError(path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    rows: list[Row] = module.measure()
    return rows


def line(row: Row) -> str:
    """Return a row of the table."""
    bound = "" if row.bound is None else f"{row.bound:g} {row.unit}"
    verdict = "" if row.bound is None else ("yes" if row.within else "NO")
    figures = f"{row.measured:.2f} {row.unit} | {bound} | {verdict}"
    return f"| {row.what} | {row.against} | {figures} |"


def main(names: list[str]) -> int:
    """Print the table; return 1 if a bound is broken."""
    files = sorted(HERE.glob("bench_*.py"))
    chosen = [f for f in files if not names or f.stem.removeprefix("bench_") in names]
    sys.stdout.write("| what | against | measured | at most | within |\n")
    sys.stdout.write("|---|---|---|---|---|\n")
    rows: list[Row] = []
    for path in chosen:
        for row in measured(path):
            rows.append(row)
            sys.stdout.write(line(row) + "\n")
            sys.stdout.flush()
    return 0 if rows and all(row.within for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
