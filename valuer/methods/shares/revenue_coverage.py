"""Covered share of revenue (专利对应收入占比): what the patent earns of the revenue.

Claims are read on features of the product, each with its evidence and the share of the
product's revenue that is due to it. The covered share of one patent, of several, or of
a package with know-how and mark is what their features bring of the whole revenue; it
goes into the methods that take a share of revenue, so that revenue × coverage × share
rate is argued and not assumed.

Source: apportionment to the patented part, Uniloc v. Microsoft, 632 F.3d 1292 (Fed. Cir.
2011), where the entire market value was refused; 《专利资产评估指导意见》 on the products
that a patent is worked in.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from valuer.core.dated import SHARE_DIGITS
from valuer.core.distributions import Floats
from valuer.core.method import Finds, Method, Topic, centred
from valuer.core.params import Money, Number, Rate, Text, param
from valuer.core.problems import Issue, Severity
from valuer.core.slots import by_scenario, number_arrays, total
from valuer.core.texts import N_, message
from valuer.core.working import Rounded, Silent, Unit


class AssetKind(StrEnum):
    """What a feature is due to."""

    PATENT = "patent"
    KNOW_HOW = "know_how"
    MARK = "mark"


class Covered(StrEnum):
    """Whose share is sought."""

    PATENT = "one_patent"
    PATENTS = "patents"
    TECHNOLOGY = "patents_and_know_how"
    PACKAGE = "package"


_KINDS = {
    Covered.PATENT: (AssetKind.PATENT,),
    Covered.PATENTS: (AssetKind.PATENT,),
    Covered.TECHNOLOGY: (AssetKind.PATENT, AssetKind.KNOW_HOW),
    Covered.PACKAGE: tuple(AssetKind),
}
_SUMS = (
    (AssetKind.PATENT, "a", N_("Due to a patent"), N_("Share due to patents")),
    (AssetKind.KNOW_HOW, "b", N_("Due to know-how"), N_("Share due to know-how")),
    (AssetKind.MARK, "c", N_("Due to a trade mark"), N_("Share due to trade marks")),
)


@dataclass(frozen=True, slots=True)
class Product:
    """One product whose revenue the methods forecast."""

    name: Text = param(N_("Product"))
    revenue: Money = param(
        N_("Revenue"), symbol="R", low=0, help=N_("Of one and the same year or period.")
    )


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature of a product, what it is due to, and how that is known."""

    asset: Text = param(
        N_("Patent, know-how or trade mark"),
        help=N_("Number of the patent, or a name."),
    )
    kind: AssetKind = param(
        N_("Kind"),
        AssetKind.PATENT,
        choice_labels=(
            (AssetKind.PATENT.value, N_("Patent")),
            (AssetKind.KNOW_HOW.value, N_("Know-how")),
            (AssetKind.MARK.value, N_("Trade mark")),
        ),
    )
    claims: Text = param(
        N_("Claims"), "", help=N_("Claims that read on the feature, as in 1–3, 7.")
    )
    product: Text = param(N_("Product"))
    feature: Text = param(N_("Product feature"))
    share: Rate = param(
        N_("Share of the product's revenue"),
        symbol="p",
        low=0,
        high=1,
        help=N_("What the feature brings of the product's revenue."),
    )
    evidence: Text = param(
        N_("Evidence"),
        help=N_(
            "Claim chart, bill of costs, price difference, survey: how feature and"
            " share are known."
        ),
    )


@dataclass(frozen=True, slots=True)
class Params:
    """Inputs of the covered share of revenue."""

    products: tuple[Product, ...] = param(N_("Products"), by_row=True)
    features: tuple[Feature, ...] = param(
        N_("Features covered"),
        by_row=True,
        help=N_("A feature stands once: where several patents cover it, divide it."),
    )
    covered: Covered = param(
        N_("Share sought of"),
        Covered.PATENTS,
        choice_labels=(
            (Covered.PATENT.value, N_("One patent")),
            (Covered.PATENTS.value, N_("All patents")),
            (Covered.TECHNOLOGY.value, N_("Patents and know-how")),
            (Covered.PACKAGE.value, N_("Patents, know-how and trade marks")),
        ),
    )
    patent: Text = param(
        N_("Patent"), "", help=N_("As the table names it; where one patent is sought.")
    )
    share_digits: Number | None = param(**SHARE_DIGITS)


def formula(working: Silent, **given: Any) -> Floats:
    """Covered share of the revenue of all products; () or (…).

    ``features_share`` is (…, features), ``products_revenue`` (…, products).
    """
    add = working.add
    revenue = given["products_revenue"]
    text = N_("Revenue of each product")
    revenue = add(text, "R", "", revenue, Unit.MONEY, axis="products")
    whole = total(revenue)
    text = N_("Revenue of all products")
    add(text, "B", "Σ R", by_scenario(whole), Unit.MONEY)
    text, axis = N_("Revenue of the product with the feature"), "features"
    own = add(text, "E", "", revenue[..., given["places"]], Unit.MONEY, axis=axis)
    text = N_("Share of the product's revenue")
    share = add(text, "p", "", given["features_share"], Unit.RATE, axis=axis)
    text = N_("Share of all revenue due to the feature")
    parts = add(text, "x", "E × p / B", own * share / whole, Unit.RATE, axis=axis)
    for kind, symbol, text, label in _SUMS:
        counts = _step(working, f"{symbol}′", text, given[kind.value])
        found = by_scenario(total(parts * counts))
        add(label, symbol, f"Σ (x × {symbol}′)", found, Unit.RATE)
    counts = _step(working, "h", N_("Counted with the subject"), given["sought"])
    found = by_scenario(total(parts * counts))
    text = N_("Covered share of revenue")
    return add(text, "q", "Σ (x × h)", found, Unit.RATE, rounded=Rounded.SHARE)


def _step(
    working: Silent, symbol: str, label: str, counts: tuple[float, ...]
) -> Floats:
    """Return which features count, 1 or 0 each; shape (features,)."""
    array = np.array(counts)
    return working.add(label, symbol, "", array, Unit.NUMBER, axis="features")


def arrays(params: Any) -> dict[str, Any]:
    """Return the formula's arguments: numbers, places of products, what counts."""
    names = [one.name.strip() for one in params.products]
    kinds = {
        kind.value: tuple(float(row.kind is kind) for row in params.features)
        for kind in AssetKind
    }
    return (
        number_arrays(params)
        | kinds
        | {
            "places": [names.index(row.product.strip()) for row in params.features],
            "sought": tuple(float(_counts(params, row)) for row in params.features),
        }
    )


def _counts(params: Any, row: Feature) -> bool:
    """Whether a feature counts with the subject."""
    if params.covered is Covered.PATENT and not _same(row.asset, params.patent):
        return False
    return row.kind in _KINDS[params.covered]


def _same(one: str, other: str) -> bool:
    return one.strip() == other.strip()


def check(params: Any) -> tuple[Issue, ...]:
    """Return what no single parameter shows: evidence, names, features counted twice."""
    found = (*_product_issues(params), *_feature_issues(params))
    return found or (*_sum_issues(params), *_subject_issues(params))


def _product_issues(params: Any) -> Iterator[Issue]:
    names = [one.name.strip() for one in params.products]
    for row, name in enumerate(names):
        if not name or name in names[:row]:
            text = N_("Products, row {row}: the name is blank or stands above already.")
            yield _error(f"products[{row}].name", text, row=row + 1)
    whole = sum(one.revenue for one in centred(params).products)
    if not math.isfinite(whole):
        text = N_("The revenue is too great to reckon with; state it in a larger unit.")
        yield _error("products", text)
    if whole <= 0:
        text = N_("The products have no revenue; without any no share is covered.")
        yield _error("products", text)


def _feature_issues(params: Any) -> Iterator[Issue]:
    names = {one.name.strip() for one in params.products}
    for number, row in enumerate(params.features):
        at, values = f"features[{number}]", {"row": number + 1}
        if not row.evidence.strip():
            text = N_(
                "Features, row {row}: the evidence is blank. A share that no one can"
                " follow covers nothing; state how it is known."
            )
            yield _error(f"{at}.evidence", text, **values)
        for name in ("asset", "feature"):
            if not getattr(row, name).strip():
                text = N_(
                    "Features, row {row}: name the feature and what it is due to."
                )
                yield _error(f"{at}.{name}", text, **values)
        if row.kind is AssetKind.PATENT and not row.claims.strip():
            text = N_("Features, row {row}: name the claims that read on the feature.")
            yield _error(f"{at}.claims", text, **values)
        if row.product.strip() not in names:
            text = N_(
                "Features, row {row}: “{name}” is none of the products; name one of"
                " them."
            )
            yield _error(f"{at}.product", text, **values, name=row.product)


def _sum_issues(params: Any) -> Iterator[Issue]:
    """Yield an error for each product whose features bring more than all of it."""
    features = centred(params).features
    for row, product in enumerate(params.products):
        parts = [one.share for one in features if _same(one.product, product.name)]
        if sum(parts) > 1 + 1e-9:
            text = N_(
                "The features of “{name}” bring {found} of its revenue, above 100 %."
                " What is covered twice counts once; divide it."
            )
            found = message(N_("{number} %"), number=f"{sum(parts) * 100:.6g}")
            yield _error(f"products[{row}].name", text, name=product.name, found=found)


def _subject_issues(params: Any) -> Iterator[Issue]:
    rows = params.features
    if params.covered is Covered.PATENT and not params.patent.strip():
        text = N_("One patent is sought; name it as the table does.")
        yield _error("patent", text)
    elif not any(_counts(params, row) for row in rows):
        where = "patent" if params.covered is Covered.PATENT else "covered"
        text = N_("No feature in the table is due to what is sought.")
        yield _error(where, text)


def _error(where: str, text: str, **values: object) -> Issue:
    return Issue(Severity.ERROR, message(text, **values), where)


def outputs(params: Any) -> dict[str, Any]:
    """Return what products and features are called."""
    features = [f"{row.asset}：{row.feature}" for row in params.features]
    products = [row.name for row in params.products]
    return {"axes": {"features": features, "products": products}}


METHOD = Method(
    key="revenue_coverage",
    version=1,
    approach=None,
    title=N_("Covered share of revenue"),
    idea=N_(
        "Claims are read on features of the products; what these features bring of the"
        " revenue, by evidence, is the share that the patent covers."
    ),
    source=(
        "权利要求—产品特征—收入占比对照表；apportionment as in Uniloc v. Microsoft, 632 F.3d"
        " 1292 (Fed. Cir. 2011)"
    ),
    params=Params,
    arrays=arrays,
    formula=formula,
    check=check,
    outputs=outputs,
    finds=Finds.SHARE,
    listed=Topic.SHARES,
    tells=(
        ("by_patents", "a"),
        ("by_know_how", "b"),
        ("by_marks", "c"),
        ("by_feature", "x"),
    ),
)
