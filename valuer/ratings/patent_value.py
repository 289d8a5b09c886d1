"""Value indicators of a patent (专利价值度评分表).

The tree of 3, 14 and 27 indicators of GB/T 42748-2023, for inventions and utility
models. Names have not been proof-read against the standard; weights and bands are this
program's own (软件默认值，非标准规定). Fills the tables of ``patent_score``.
Source: as the file says, part by part.
"""

from __future__ import annotations

from valuer.core.score_sheets import Rating
from valuer.core.texts import N_

RATING = Rating(
    "patent_value",
    N_("How legal, technical and economic value of a patent are scored."),
    "ratings/patent_value.json",
)
