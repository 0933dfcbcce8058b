"""What each rule compares, in both languages, by its name."""

from __future__ import annotations

from collections.abc import Mapping

# English, Traditional Chinese.
RULES: Mapping[str, tuple[str, str]] = {
    "compound": (
        "growth rate so far against the rate needed from base to target (Statistics Canada, Open SDG)",
        "至今的成長率與自基準值到目標所需成長率之比（加拿大統計局、Open SDG）",
    ),
    "linear": (
        "yearly change so far against the change needed from base to target",
        "至今的每年增量與自基準值到目標所需每年增量之比",
    ),
    "eurostat": (
        "growth rate of the past five years against the rate needed since then (Eurostat)",
        "近五年的成長率與自該年起所需成長率之比（歐盟統計局）",
    ),
    "eurostat-long": (
        "growth rate of the past fifteen years against the rate needed since then (Eurostat)",
        "近十五年的成長率與自該年起所需成長率之比（歐盟統計局）",
    ),
    "unsd-2023": (
        "share of the way since 2015 covered by the target year if growth goes on (United Nations)",
        "自 2015 年起的成長若延續，到目標年可走完的路程比例（聯合國）",
    ),
    "germany": (
        "mean yearly change of the last six observations against the change still needed (Germany)",
        "最近六筆觀測值的每年平均增量與尚需的每年增量之比（德國）",
    ),
    "trajectory": (
        "way covered against the plan’s path by now (EU Digital Decade)",
        "已走完的路程與計畫路徑目前應走路程之比（歐盟數位十年）",
    ),
}
