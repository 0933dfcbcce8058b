"""Quantities as reports print them: `約 521.5 萬元`, `2億6,900萬元`, `逾139萬幅`, `6.2 兆元(預估值)`.

What has one meaning is read, all else is refused with what was understood; nothing is guessed. Decided here:

- 近, 將近 and nearly give an upper bound: who writes `近 90%` has not reached 90 %. `約 50 家以上` is a lower bound.
- 成 is a tenth: `8 成` is 80 %, `7成5` is 75 %. `5萬8` is refused: in speech it is 58,000, in print 50,008.
- 預估 and 推估 make an estimate, 初步統計 a provisional figure; 預測, 預計 and 目標 are forecasts and refused.
- `US$5 億元` is in USD, whatever the 元 says; `$` alone is refused. 兆 is 10^12, but not in 兆瓦 (megawatt).
- `3 年` is a length of time, `2022年`, `111年` and `5月` are dates, `近 3 年` is a period.
"""

from smartkpi.quantities.reading import Bound, Quantity, read_quantity
from smartkpi.quantities.refusals import REASONS, QuantityError

__all__ = ["REASONS", "Bound", "Quantity", "QuantityError", "read_quantity"]
