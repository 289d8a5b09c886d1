"""Distributions in words: what each is called and which figures it is told by."""

from __future__ import annotations

from collections.abc import Mapping

from valuer.core.texts import N_

DISTRIBUTION_WORDS: dict[str, str] = {
    "triangular": N_("triangular: low {low}, mode {mode}, high {high}"),
    "pert": N_("PERT: low {low}, mode {mode}, high {high}"),
    "uniform": N_("uniform: low {low}, high {high}"),
    "normal": N_("normal: mean {mean}, standard deviation {sd}"),
    "lognormal": N_("lognormal: mean {mean}, coefficient of variation {cv}"),
    "truncated_normal": N_(
        "normal of mean {mu} and standard deviation {sigma}, cut to {low} to {high}"
    ),
    "beta": N_("beta: shapes {alpha} and {beta}, low {low}, high {high}"),
    "beta_moments": N_(
        "beta: mean {mean}, standard deviation {sd}, low {low}, high {high}"
    ),
    "discrete": N_("discrete: values {values} with probabilities {probabilities}"),
    "empirical": N_("empirical, linear between the values {values}"),
    "resampled": N_("drawn again from the values {values}"),
    "historical_level": N_("level of the past values {values} of {dates}"),
    "historical_growth": N_(
        "growth of the past values {values} of {dates}, up to {on}"
    ),
}
"""Marked texts by the distribution's name in JSON."""

DISTRIBUTION_MEANINGS: dict[str, str] = {
    "triangular": N_("Triangular between low and high with its peak at mode."),
    "pert": N_("PERT: a beta between low and high, mean (low + 4 mode + high)/6."),
    "uniform": N_("Every value between low and high alike."),
    "normal": N_("Normal with mean and standard deviation sd."),
    "lognormal": N_("Lognormal with mean and coefficient of variation cv."),
    "truncated_normal": N_(
        "Normal of mean mu and standard deviation sigma, cut to low and high."
    ),
    "beta": N_("Beta between low and high by its shapes alpha and beta."),
    "beta_moments": N_("Beta between low and high by its mean and deviation sd."),
    "discrete": N_("Each of the values with its probability; these sum to one."),
    "empirical": N_(
        "Anything between the values observed, linear between their quantiles."
    ),
    "resampled": N_("One of the values observed, all alike."),
    "historical_level": N_(
        "The next value of a past series of this figure that varies about one mean"
        " (Student's t); dates are the days of the values, the oldest first."
    ),
    "historical_growth": N_(
        "This figure on a later day, by the growth of its past series and how that"
        " varied (lognormal); dates are the days of the values, the oldest first."
    ),
}
"""Marked sentences on what each is, by its name in JSON."""

BETWEEN = "; "
"""What stands between the figures of a list, typed and told."""

_NEEDS: Mapping[tuple[str, str], str] = {
    ("", "high"): N_("{label} must be above the lower end."),
    ("", "mode"): N_("{label} must lie between the two ends."),
    ("normal", "sd"): N_("{label} must be above nought."),
    ("lognormal", "mean"): N_("{label} must be above nought."),
    ("lognormal", "cv"): N_("{label} must lie between 0.000001 and 1,000,000."),
    ("truncated_normal", "sigma"): N_("{label} must be above nought."),
    ("truncated_normal", "low"): N_(
        "{label} and the upper end leave less than a millionth of the normal."
    ),
    ("beta", "alpha"): N_("{label} must lie between 0.001 and 1e9."),
    ("beta", "beta"): N_("{label} must lie between 0.001 and 1e9."),
    ("beta_moments", "mean"): N_("{label} must lie between the two ends."),
    ("beta_moments", "sd"): N_(
        "{label} is no standard deviation that a beta of this mean has between these"
        " ends."
    ),
    ("discrete", "values"): N_("{label} must be figures below 1e150 in size."),
    ("discrete", "probabilities"): N_(
        "{label} must be one for each value, none below nought, and sum to one."
    ),
    ("empirical", "values"): N_("{label} must hold at least two different figures."),
    ("resampled", "values"): N_("{label} must hold at least two figures."),
    ("historical_level", "values"): N_(
        "{label} must be four years or more that are not all alike."
    ),
    ("historical_level", "dates"): N_(
        "{label} must be one for each value, the oldest first."
    ),
    ("historical_growth", "values"): N_(
        "{label} must be three or more above nought whose growth is not always the same."
    ),
    ("historical_growth", "dates"): N_(
        "{label} must be one for each value, the oldest first."
    ),
    ("historical_growth", "on"): N_(
        "{label} must be later than the series, and not too far from it."
    ),
}
"""What a figure must be, by the distribution, "" for any, and its ``fault``."""


def needed(name: str, fault: str) -> str:
    """Return what a figure of a distribution must be, as a marked text."""
    return _NEEDS.get((name, fault)) or _NEEDS["", fault]
