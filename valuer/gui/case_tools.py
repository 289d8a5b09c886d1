"""What every page of a case is given, in one parcel."""

from __future__ import annotations

from dataclasses import dataclass

from valuer.gui.open_case import OpenCase
from valuer.gui.shell import Shell
from valuer.gui.valuations import Valuations


@dataclass(frozen=True, slots=True)
class CaseTools:
    """What a page of a case is given."""

    shell: Shell
    open_case: OpenCase
    valuations: Valuations
