"""An invented agency with known truth: who files what, and what becomes of it.

Every invention is granted in the end with a probability of its field, or lost; how long
either takes is drawn too. What lies after the day of the docket is not seen: those
cases are pending, as in life.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from valuer.agency.columns import Docket, columns_of
from valuer.agency.docket import Abnormal, AbnormalResult, Case, DueDate
from valuer.agency.notices import Notice
from valuer.core.patents import PatentKind

AS_OF = date(2026, 9, 30)
FIRST = date(2019, 1, 1)

GRANTED = {"A": 0.62, "B": 0.55, "C": 0.50, "G": 0.58, "H": 0.66}
"""Probability of a grant in the end, by IPC section."""

SUSPECTED = 0.02
LOST_DUE_DATE = 0.004
MEAN_ACTIONS = 1.4
"""Actions in substance of a granted invention are 0, 1, 2 … by Poisson's law."""

GRANT_MONTHS = (22.0, 0.30)
LOSS_MONTHS = (19.0, 0.45)
"""Median months from filing to grant and to loss, and the spread of their logarithm."""

DAYS_OF_MONTH = 365.25 / 12


@dataclass(frozen=True)
class Truth:
    """What is true of every invention, seen or not yet: fate 1 or 2, and its months."""

    fields: np.ndarray
    fate: np.ndarray
    months: np.ndarray

    def granted_within(self, months: float) -> float:
        """Return the true chance of a grant within some months of filing."""
        return float(((self.fate == 1) & (self.months <= months)).mean())


def chance_of_grant_within(months: float) -> float:
    """Return the chance by the law itself, fields equally frequent."""
    from scipy.special import ndtr

    median, spread = GRANT_MONTHS
    ever = float(np.mean(list(GRANTED.values())))
    return ever * float(ndtr(np.log(months / median) / spread))


def drawn(count: int, seed: int) -> tuple[np.ndarray, Truth]:
    """Return filing days (from FIRST) and the truth of so many inventions."""
    rng = np.random.default_rng(seed)
    # More of them each year: what closes early is over-represented among the closed.
    span = (AS_OF - FIRST).days
    filed = np.sort((span * np.sqrt(rng.uniform(size=count))).astype(int))
    names = np.array(list(GRANTED))
    fields = names[rng.integers(0, len(names), count)]
    chance = np.array([GRANTED[name] for name in fields])
    fate = np.where(rng.uniform(size=count) < chance, 1, 2)
    median = np.where(fate == 1, GRANT_MONTHS[0], LOSS_MONTHS[0])
    spread = np.where(fate == 1, GRANT_MONTHS[1], LOSS_MONTHS[1])
    months = median * np.exp(spread * rng.normal(size=count))
    return filed, Truth(fields, fate, months)


def invented(count: int, seed: int) -> tuple[tuple[Case, ...], Truth]:
    """Return the cases of an agency as the day of the docket shows them."""
    filed, truth = drawn(count, seed)
    rng = np.random.default_rng([seed, 1])
    extra = rng.uniform(size=(count, 4))
    agents = rng.integers(1, 31, count)
    clients = rng.zipf(1.6, count) % 400
    actions = rng.poisson(MEAN_ACTIONS, count)
    cases = tuple(
        one_case(
            place,
            FIRST + timedelta(days=int(filed[place])),
            str(truth.fields[place]),
            int(truth.fate[place]),
            float(truth.months[place]),
            f"代理师{agents[place]:02}",
            f"客户{clients[place]:03}",
            int(actions[place]),
            extra[place],
        )
        for place in range(count)
    )
    return cases, truth


def one_case(place, filed, field, fate, months, agent, client, actions, extra) -> Case:
    ends = filed + timedelta(days=max(30, round(months * DAYS_OF_MONTH)))
    seen = ends <= AS_OF
    way = extra[0]  # how it is lost
    refused = fate == 2 and way < 0.4
    deemed = fate == 2 and 0.4 <= way < 0.85
    status = "一通出案待答复"
    if seen and fate == 1:
        status = "专利权维持"
    elif seen:
        lost = "驳回失效" if refused else "逾期视撤失效" if deemed else "撤回专利申请"
        status = lost
    notices = tuple(
        Notice("审查意见通知书", on)
        for number in range(actions)
        if (on := filed + timedelta(days=200 + 90 * number)) <= min(ends, AS_OF)
    )
    due = filed + timedelta(days=400)
    suspected = extra[1] < SUSPECTED
    return Case(
        number=f"CN{filed.year}1{place:07}",
        kind=PatentKind.INVENTION,
        client=client,
        field=f"{field}01B 1/00",
        agents=(agent,),
        drafter=agent if extra[2] < 0.9 else "撰写人",
        reviewer="审核人",
        filed=filed,
        notices=notices,
        due_dates=(
            DueDate(due, due - timedelta(days=3), bool(extra[3] < LOST_DUE_DATE)),
        ),
        granted=ends if seen and fate == 1 else None,
        refused=ends if seen and refused else None,
        deemed_withdrawn=ends if seen and deemed else None,
        withdrawn=ends if seen and fate == 2 and not refused and not deemed else None,
        claims=8 + int(extra[2] * 5),
        abnormal=(Abnormal(filed, AbnormalResult.SUSPECTED),) if suspected else (),
        status=status,
    )


def docket(count: int, seed: int) -> Docket:
    return columns_of(invented(count, seed)[0], AS_OF)
