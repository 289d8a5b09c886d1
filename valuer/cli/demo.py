"""``valuer demo``: from a patent list to a signed report, on sample data.

The same calls as the other commands, one after the other: a list and a forecast are
imported, a case quotes a patent and is valued, its report is printed, signed by two
appraisers and the institution with sample keys made on the spot, and verified.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from secrets import token_hex
from typing import Any

from valuer import __version__
from valuer.cli.answers import Exit, print_json, print_text
from valuer.cli.cases import case_from
from valuer.cli.here import author, now
from valuer.cli.valued import plain_conclusion
from valuer.cli.verifying import recomputed
from valuer.core.canonical import parse_json
from valuer.core.case import Case
from valuer.core.engagement import Evidence, EvidenceKind
from valuer.core.evidence import with_evidence
from valuer.core.files import read_whole, write_whole
from valuer.core.problems import UserError
from valuer.core.resources import resource
from valuer.core.texts import N_
from valuer.core.valuing import value_case
from valuer.imports import read_file, read_forecast
from valuer.methods import METHODS
from valuer.store.batches import BatchFile, new_batch
from valuer.store.evidence import Document, take_up
from valuer.store.library import open_library
from valuer.store.putting import put_patents
from valuer.store.revisions import Revision, new_case

LIST = "专利清单.csv"
FORECAST = "收入预测.xlsx"
DECISION = "转让决定.txt"
LETTER = "委托人承诺函.txt"
PAPERS = "备案与资格文件.txt"
LIBRARY = "示例.valuer"
REPORT = "评估报告（演示）.pdf"
KEYS = "演示证书"
EVIDENCE = {
    DECISION: (EvidenceKind.ACT, "purpose_text"),
    LIST: (EvidenceKind.TITLE, "patents"),
    FORECAST: (EvidenceKind.PRICE, "forecast"),
    LETTER: (EvidenceKind.COMMITMENT, ""),
    PAPERS: (EvidenceKind.QUALIFICATION, "house"),
}
"""The files of the engagement: of what each is the ground, and which part of the case."""

_SHIPPED = {
    LIST: "patents.csv",
    DECISION: "decision.txt",
    LETTER: "commitment.txt",
    PAPERS: "qualification.txt",
}

_OBTAINED = date(2026, 10, 9)
"""The day on which, so the demonstration goes, the files were handed over."""
LANGUAGE = "zh_CN"


def run(arguments: argparse.Namespace, tongue: str) -> Exit:
    """Walk the whole path, answer, and open the window on the result."""
    found = walk(_folder(arguments), tongue)
    told = {
        key: found[key]
        for key in (
            "library",
            "case",
            "report",
            "verdict",
            "recomputed",
            "conclusion",
            "currency",
        )
    }
    if arguments.json:
        print_json(told)
    else:
        for key, value in told.items():
            print_text(f"{key}\t{value}")
    if not arguments.no_window:
        arguments.open_window(Path(found["library"]))
    good = found["verdict"] == "intact" and found["recomputed"]["matches"]
    return Exit.YES if good else Exit.NO


def walk(folder: Path, tongue: str) -> dict[str, Any]:
    """Walk the whole path in an empty folder and return what came out."""
    _lay_out(folder)
    library, case, revision = _kept(folder, now())
    pdf, conclusion = _printed(case, revision)
    signed, root = _signed(folder / KEYS, pdf, case)
    write_whole(folder / REPORT, signed)
    return _checked(signed, root, tongue) | {
        "library": str(library),
        "case": revision.case_id,
        "report": str(folder / REPORT),
        "conclusion": conclusion and conclusion["value"],
        "currency": case.currency,
    }


def _folder(arguments: argparse.Namespace) -> Path:
    """Return the folder to fill: the one named, or a new one beside."""
    if arguments.out is None:
        return _new_folder(Path("valuer-demo"))
    folder: Path = arguments.out
    if folder.exists() and not folder.is_dir():
        raise UserError(N_("{file} is a file; name a folder."), file=str(folder))
    with _disk(folder):
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()) and not arguments.force:
            text = N_("{file} exists; nothing was changed. Give --force to replace it.")
            raise UserError(text, file=str(folder))
        for name in (LIST, FORECAST, DECISION, LIBRARY, REPORT):
            (folder / name).unlink(missing_ok=True)
    return folder


def _new_folder(first: Path) -> Path:
    for number in range(1, 10_000):
        folder = first if number == 1 else first.with_name(f"{first.name}-{number}")
        try:
            folder.mkdir()
        except FileExistsError:
            continue
        except OSError as error:
            text = N_("{file} cannot be read or written: {reason}.")
            reason = error.strerror or ""
            raise UserError(text, file=str(folder), reason=reason) from None
        return folder
    raise UserError(
        N_("Too many folders are named {file}; remove some."), file=str(first)
    )


def _lay_out(folder: Path) -> None:
    """Write the list and the forecast as an appraiser would receive them."""
    # Both take half a second to import, and only the demonstration needs them.
    import pandas as pd

    for name, shipped in _SHIPPED.items():
        write_whole(folder / name, read_whole(resource(f"demo/{shipped}")))
    table = pd.read_csv(resource("demo/forecast.csv"), dtype=object)
    table.iloc[:, 1:] = table.iloc[:, 1:].astype(float)
    with _disk(folder / FORECAST):
        table.to_excel(folder / FORECAST, sheet_name="收入预测", index=False)


@contextmanager
def _disk(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        text = N_("{file} cannot be read or written: {reason}.")
        reason = error.strerror or ""
        raise UserError(text, file=path.name, reason=reason) from None


def _kept(folder: Path, at: datetime) -> tuple[Path, Case, Revision]:
    """Import both files and keep a case that quotes from them."""
    listed = read_file(folder / LIST)
    plain = parse_json(read_whole(resource("demo/case.json")), "case.json")
    path = folder / LIBRARY
    with open_library(path, create=True) as library, library.change() as connection:
        files = [BatchFile(listed.file, listed.sha256)]
        batch = new_batch(connection, files, at, author())
        rows = [(patent.source.row or 0, patent) for patent in listed.patents]
        put_patents(connection, batch, rows)
        case = case_from(connection, plain)
        read = read_forecast(folder / FORECAST, valuation_date=case.valuation_date)
        note = case.forecast.note if case.forecast else ""
        case = replace(case, forecast=replace(read.forecast, note=note))
        taken = ((name, read_whole(folder / name)) for name in EVIDENCE)
        documents = [take_up(connection, name, data, at) for name, data in taken]
        case = _with_evidence(case, documents)
        revision = new_case(connection, case, author(), N_("New case"), at)
    return path, case, revision


def _with_evidence(case: Case, documents: Sequence[Document]) -> Case:
    """Tell in the case what the files are evidence of, and whose they are."""
    whose = {EvidenceKind.QUALIFICATION: case.house.name}
    found = [
        Evidence(
            one.digest,
            one.name,
            one.size,
            kind,
            about,
            whose.get(kind, case.client),
            _OBTAINED,
        )
        for one, (kind, about) in zip(documents, EVIDENCE.values(), strict=True)
    ]
    return with_evidence(case, found)


def _printed(case: Case, revision: Revision) -> tuple[bytes, Any]:
    from valuer.reports.appraisal import build_report

    valuation = value_case(case, METHODS)
    built = build_report(
        case,
        valuation,
        case_id=revision.case_id,
        revision=revision.number,
        digest=revision.digest,
        language=LANGUAGE,
        program=__version__,
    )
    return built.pdf, plain_conclusion(valuation.conclusion)


def _signed(folder: Path, pdf: bytes, case: Case) -> tuple[bytes, Path]:
    """Sign with sample keys; their PIN is made up here and forgotten."""
    from valuer.reports.keys import load_key
    from valuer.reports.sample_keys import make_sample_keys
    from valuer.reports.signature_roles import Role
    from valuer.reports.signing import sign

    with _disk(folder):
        folder.mkdir(exist_ok=True)
    at, pin = now(), token_hex(8)
    first, second = (appraiser.name for appraiser in case.appraisers[:2])
    keys = make_sample_keys(
        folder, pin, at, appraisers=(first, second), institution=case.house.name
    )
    for path in keys.appraisers:
        pdf = sign(pdf, load_key(path, pin, at), Role.APPRAISER, at, LANGUAGE)
    seal = load_key(keys.institution, pin, at)
    return sign(pdf, seal, Role.AGENCY, at, LANGUAGE), keys.root


def _checked(signed: bytes, root: Path, tongue: str) -> dict[str, Any]:
    from valuer.reports.certificates import load_certificates
    from valuer.reports.verifying import verify

    found = verify(signed, load_certificates(root), now=now()).to_plain()
    return found | {"recomputed": recomputed(signed, tongue)}
