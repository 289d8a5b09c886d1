"""Replacement cost (更新重置成本).

The patent is worth what it would cost today to make a technology of the same use:
direct and indirect costs at present prices, the cost of the capital bound during the
development, a reasonable profit, official fees and taxes; less what age and further
obsolescence have taken.

Source: 《专利资产评估指导意见》 and 《资产评估执业准则——资产评估方法》, cost approach: 重置成本
= 直接成本 + 间接成本 + 资金成本 + 合理利润 + 官费 + 税费, 评估值 = 重置成本 × 成新率; capital
cost of even spending C × ((1 + i)^(N/2) − 1).
"""

from __future__ import annotations

from typing import Any

from valuer.core.distributions import Floats
from valuer.core.making import (
    Making,
    making_arrays,
    making_outputs,
    value_of,
)
from valuer.core.making_checks import making_issues
from valuer.core.method import Approach, Method
from valuer.core.price_indices import at_present_prices
from valuer.core.texts import N_
from valuer.core.working import Silent


def formula(working: Silent, **given: Any) -> Floats:
    """Replacement cost less depreciation, in the currency of the items.

    Amounts of items and fees and changes of prices are (…, rows), all other numbers
    () or (scenarios, 1), under the names of the parameters and of ``arrays``.
    """
    costs = at_present_prices(working, given)
    return value_of(working, costs, N_("Replacement cost"), given)


METHOD = Method(
    key="replacement_cost",
    version=1,
    approach=Approach.COST,
    title=N_("Replacement cost method"),
    idea=N_(
        "The patent is worth what a technology of the same use would cost to make"
        " today, less what age and obsolescence have taken."
    ),
    source="《专利资产评估指导意见》《资产评估执业准则——资产评估方法》（成本法）",
    params=Making,
    arrays=making_arrays,
    formula=formula,
    check=making_issues,
    outputs=making_outputs,
)
