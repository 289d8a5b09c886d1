"""The pages of a case, in the order of the work.

To add one: write its module, add its line here. Each is built when first shown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from valuer.core.texts import N_
from valuer.gui.open_case import OpenCase
from valuer.gui.shell import Shell
from valuer.gui.valuations import Valuations


@dataclass(frozen=True, slots=True)
class CaseTools:
    """What a page of a case is given."""

    shell: Shell
    open_case: OpenCase
    valuations: Valuations


@dataclass(frozen=True, slots=True)
class CasePage:
    """One page of a case: stable key, marked title, and how it is built."""

    key: str
    title: str
    build: Callable[[CaseTools, QWidget], QWidget]


def _method(tools: CaseTools, parent: QWidget) -> QWidget:
    from valuer.gui.pages.method import MethodPage

    return MethodPage(tools, parent)


CASE_PAGES = (CasePage("method", N_("Method"), _method),)
