"""Reports are PDF/A-3b before and after every signature, as veraPDF and poppler find."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from PIL import Image

from tests.agency.invented_agency import AS_OF, invented
from valuer.agency.columns import columns_of
from valuer.agency.metric import Question
from valuer.core.case import Case, House, HouseKind
from valuer.core.look import Look, Wording
from valuer.core.texts import LANGUAGES
from valuer.reports.appraisal import BuiltReport
from valuer.reports.keys import load_key
from valuer.reports.quality import gathering
from valuer.reports.quality.report import quality_report
from valuer.reports.sample_keys import SampleKeys, make_sample_keys
from valuer.reports.seals import Seal
from valuer.reports.signature_roles import Role
from valuer.reports.signature_wishes import Wish
from valuer.reports.signing import sign_document

NOW = datetime(2026, 11, 22, 10, 15, tzinfo=timezone(timedelta(hours=8)))
PIN = "2468"
SEAL = Seal(2, 2, b"\xc8\0\0" * 4)
TOOL = Path(__file__).parent.parent / "tools" / "pdfa.py"


def _logo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 20), "navy").save(out, "PNG")
    return out.getvalue()


LOGO = _logo()
LOOK = Look(
    "#1f4e8c",
    hashlib.sha256(LOGO).hexdigest(),
    (Wording("zh_CN", "页眉", "页脚", ("封面",)), Wording("en", "Head", "Foot")),
)

Wanted = Callable[..., None]


@pytest.fixture(scope="module")
def files(
    several: Case,
    small: Case,
    agency_case: Case,
    with_file: Callable[[Case], Case],
    build: Callable[..., BuiltReport],
    tmp_path_factory: pytest.TempPathFactory,
) -> list[Path]:
    """Each kind in each language, and each again after all its signatures."""
    folder = tmp_path_factory.mktemp("报告")
    keys = make_sample_keys(folder, PIN, NOW)
    signers = [(path, Role.APPRAISER) for path in keys.appraisers]
    sealed = [*signers, (keys.institution, Role.AGENCY)]
    found = []
    full = replace(with_file(small), self_test=False)
    several = replace(several, house=replace(several.house, look=LOOK))
    for case, kind, by in (
        (several, "appraisal_report", sealed),
        (full, "valuation_report", sealed),
        (full, "summary", sealed),
        (agency_case, "value_analysis", signers),
        (agency_case, "summary", signers),
    ):
        for language in LANGUAGES:
            logo = LOGO if case.house.look.logo else b""
            pdf = build(case, language, kind=kind, logo=logo).pdf
            name = f"{case.house.kind.value}-{kind}-{language}"
            found.append(folder / f"{name}.pdf")
            found[-1].write_bytes(pdf)
            for path, role in by:
                wish = Wish(seal=SEAL if role is Role.AGENCY else None)
                key = load_key(path, PIN, NOW)
                pdf = sign_document(pdf, key, role, NOW, language, wish).pdf
            found.append(folder / f"{name}-signed.pdf")
            found[-1].write_bytes(pdf)
    for language in LANGUAGES:
        found += _quality_files(folder, keys, language)
    return found


def _quality_files(folder: Path, keys: SampleKeys, language: str) -> list[Path]:
    """The quality report of an invented agency, as it is and signed and sealed."""
    house = House(HouseKind.PATENT_AGENCY, "示例专利代理事务所", look=LOOK)
    wanted = gathering.Wanted(house, NOW.date(), language, "质-1")
    docket = columns_of(invented(400, 3)[0], AS_OF)
    pdf = quality_report(docket, Question(), wanted, logo=LOGO).pdf
    plain = folder / f"patent_agency-agency_quality-{language}.pdf"
    plain.write_bytes(pdf)
    for path, role in (
        (keys.appraisers[0], Role.RESPONSIBLE),
        (keys.institution, Role.AGENCY),
    ):
        wish = Wish(seal=SEAL if role is Role.AGENCY else None)
        pdf = sign_document(
            pdf, load_key(path, PIN, NOW), role, NOW, language, wish
        ).pdf
    signed = plain.with_name(f"{plain.stem}-signed.pdf")
    signed.write_bytes(pdf)
    return [plain, signed]


def test_every_report_is_pdfa_before_and_after_signing(
    files: list[Path], wanted: Wanted
):
    jaxb = Path("/usr/share/java/jaxb-runtime.jar")
    wanted(shutil.which("java") and jaxb.exists(), "Java and libjaxb-java")
    command = [sys.executable, str(TOOL), *map(str, files)]
    told = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    found = json.loads(told.stdout)
    assert len(found) == len(files)
    assert {Path(file).name: failed for file, failed in found.items() if failed} == {}


def test_poppler_calls_every_signature_valid(files: list[Path], wanted: Wanted):
    wanted(shutil.which("pdfsig"), "poppler-utils")
    counts = {"patent_agency": 2, "appraisal_institution": 3}
    for file in files:
        if not file.stem.endswith("-signed"):
            continue
        command = ["pdfsig", "-nocert", str(file)]
        # Without roots to trust it ends with 1 and still tells what it found.
        told = subprocess.run(command, capture_output=True, check=False, text=True)
        count = counts[file.name.split("-")[0]]
        assert told.stdout.count("Signature is Valid.") == count, told.stdout
        assert told.stdout.count("Total document signed") == 1
