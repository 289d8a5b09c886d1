"""What is acknowledged survives a kill in the middle of anything, hundreds of times.

The kills themselves are in ``killing.py``, a program of its own; the environment may
ask for more of them: ``VALUER_KILLS=2000``.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

KILLS = int(os.environ.get("VALUER_KILLS", "301"))
PLACES = {
    *("making", "saving", "importing", "docket", "closing"),
    *("backing up", "restoring", "upgrading"),
}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system knows no fork")
def test_nothing_acknowledged_is_lost_when_the_writer_is_killed(
    tmp_path, record_property
):
    program = Path(__file__).with_name("killing.py")
    done = subprocess.run(
        [sys.executable, program, tmp_path, str(KILLS)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    fell = ", ".join(f"{place} {count}" for place, count in told["fell"].items())
    faults = len(told["faults"])
    line = f"{KILLS} kills ({fell}); {told['saved']} acknowledged, {faults} faults"
    record_property("told", line)
    assert told["faults"] == []
    assert sum(told["fell"].values()) == KILLS
    assert told["saved"] > 0
    assert set(told["fell"]) >= PLACES
