"""``valuer house template``: taken up, shown, used by a case, removed."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from PIL import Image

CASE = Path(__file__).parents[1] / "reports" / "portfolio_case.json"


@pytest.fixture
def run(valuer, tmp_path):
    """Run a command on a library with one case, ``C1``, valued without scenarios."""
    path = tmp_path / "库.valuer"
    plain = json.loads(CASE.read_text(encoding="utf-8"))
    plain["runs"][0]["scenarios"] = 0
    made = valuer(
        *("case", "new", "--from", "-", "--library", path),
        stdin=json.dumps(plain).encode(),
    )
    assert made.code == 0
    return lambda *words: valuer(*words, "--library", path)


@pytest.fixture
def template(tmp_path):
    folder = tmp_path / "模板"
    folder.mkdir()
    plain = {"format": 1, "zh_CN": {"header": "某某评估"}}
    (folder / "house.json").write_text(json.dumps(plain), encoding="utf-8")
    out = io.BytesIO()
    Image.new("RGB", (40, 20), "navy").save(out, "PNG")
    (folder / "logo.png").write_bytes(out.getvalue())
    return folder


def test_a_library_without_a_template_says_so(run):
    answer = run("house", "template", "show", "--json")
    assert (answer.code, answer.json) == (1, {"template": None})
    assert run("house", "template", "remove").code == 2


def test_a_report_has_the_look_that_its_case_uses(run, valuer, template, tmp_path):
    taken = run("house", "template", "import", template, "--json").json["template"]
    assert taken["wordings"][0]["header"] == "某某评估"
    assert run("house", "template", "use", "C1", "--json").json["revision"] == 2
    report = tmp_path / "报告.pdf"
    assert run("report", "C1", "--out", report).code == 0
    checked = valuer("verify", report, "--recompute", "--json").json
    assert checked["recomputed"]["matches"] is True
    # What the house removes, its cases keep; nobody takes their logo away.
    assert run("house", "template", "remove").code == 0
    assert run("evidence", "unused", "--json").json["documents"] == []
    assert run("report", "C1", "--out", report, "--force").code == 0


def test_the_logo_of_the_house_stays_and_goes_with_it(run, template):
    run("house", "template", "import", template)
    assert run("evidence", "unused", "--json").json["documents"] == []
    run("house", "template", "remove")
    (gone,) = run("evidence", "unused", "--json").json["documents"]
    assert gone["name"] == "logo.png"


def test_new_cases_begin_with_the_template_and_may_lose_it(run, valuer, template):
    run("house", "template", "import", template)
    run("case", "new")
    shown = run("case", "show", "C2").json
    assert shown["house"]["look"]["wordings"][0]["header"] == "某某评估"
    run("house", "template", "remove")
    assert run("house", "template", "use", "C2").code == 0
    assert run("case", "show", "C2").json["house"]["look"]["wordings"] == []
