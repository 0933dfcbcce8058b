"""What each rule compares, in both languages, by its name."""

from __future__ import annotations

from collections.abc import Mapping

# English, Traditional Chinese.
RULES: Mapping[str, tuple[str, str]] = {
    "compound": (
        "growth rate so far against the rate needed from base to target (Statistics Canada, Open SDG)",
        "至今的成長率與自基準值至目標值所需成長率之比（加拿大統計局、Open SDG）",
    ),
    "linear": (
        "yearly change so far against the change needed from base to target",
        "至今的每年變化量與自基準值至目標值所需每年變化量之比",
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
        "自 2015 年以來的成長若延續，至目標年可完成的進度（聯合國）",
    ),
    "germany": (
        "mean yearly change of the last six observations against the change still needed (Germany)",
        "最近六筆觀測值的每年平均變化量與所需每年變化量之比（德國）",
    ),
    "trajectory": (
        "way covered against the plan’s path by now (EU Digital Decade)",
        "進度與計畫路徑上目前應有的進度之比（歐盟數位十年）",
    ),
}
