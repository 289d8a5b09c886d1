"""What the pages of an agency are tried on."""

from __future__ import annotations

from tests.gui.agency.credit_shown import credit_page as credit_page
from tests.gui.agency.credit_shown import ledger_library as ledger_library
from tests.gui.agency.credit_shown import show_credit as show_credit
from tests.gui.agency.docket_shown import bare as bare
from tests.gui.agency.docket_shown import docket as docket
from tests.gui.agency.metrics_shown import hand_library as hand_library
from tests.gui.agency.metrics_shown import invented_library as invented_library
from tests.gui.agency.metrics_shown import show as show
