"""Settings of credit: who is scored, and which readings of open rules hold.

They stand apart because the window starts without the rules of credit.
"""

from __future__ import annotations

from valuer.agency.credit_subjects import CreditReadings, CreditSubjects
from valuer.store.settings import Setting

CREDIT_SUBJECTS = Setting("credit_subjects", CreditSubjects, CreditSubjects())
CREDIT_READINGS = Setting("credit_readings", CreditReadings, CreditReadings())
