"""What units measure, in Chinese by the English words."""

from __future__ import annotations

from collections.abc import Mapping

DIMENSIONS: Mapping[str, str] = {
    "area": "面積",
    "calendar time": "曆法時間",
    "concentration": "濃度",
    "count": "計數",
    "data rate": "資料傳輸率",
    "energy": "能量",
    "frequency": "頻率",
    "full-time equivalent": "全時約當人數",
    "household": "戶數",
    "index": "指數",
    "index_point": "指數點數",
    "information": "資訊量",
    "international dollar": "國際元",
    "kelvin": "克耳文",
    "length": "長度",
    "mass": "質量",
    "money": "金額",
    "person": "人數",
    "person_time": "人時",
    "power": "功率",
    "pressure": "壓力",
    "purchasing power standard": "購買力標準",
    "rank": "名次",
    "ratio": "比值",
    "score": "分數",
    "share": "比率",
    "sound level": "音量",
    "temperature": "溫度",
    "time": "時間",
    "voltage": "電壓",
    "volume": "容積",
}


def in_chinese(dimension: str) -> str:
    """Return what a unit measures; words of a plan's own, and names such as TWD, stay as they are.

    Examples
    --------
    >>> in_chinese("money, TWD per person"), in_chinese("mass of CO2e"), in_chinese("per person"), in_chinese("jobs")
    ('金額（TWD）/人數', '質量（CO2e）', '每人數', 'jobs')
    """
    if dimension.startswith("per "):
        return f"每{in_chinese(dimension.removeprefix('per '))}"
    return "/".join(map(_one, dimension.split(" per ")))


def _one(part: str) -> str:
    for between in (", ", " of "):
        main, found, more = part.partition(between)
        if found and main in DIMENSIONS:
            return f"{DIMENSIONS[main]}（{DIMENSIONS.get(more, more)}）"
    return DIMENSIONS.get(part, part)
