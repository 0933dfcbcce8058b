"""Descriptions of columns, keys of the plan and documents, in both languages, for schemas, completion and docs."""

from __future__ import annotations

from collections.abc import Mapping

# By key of the column (model.columns): English, Traditional Chinese.
COLUMNS: dict[str, tuple[str, str]] = {
    "indicator": ("Id of the indicator in the plan", "計畫中的指標代碼"),
    "title": ("Title of the indicator: the English one, else the only one", "指標名稱：英文，沒有則為唯一的名稱"),
    "title_zh": ("Title of the indicator in Chinese, else the only one", "指標的中文名稱，沒有則為唯一的名稱"),
    "pillar": ("Id of the group the indicator belongs to", "指標所屬構面的代碼"),
    "level": ("Level of the indicator in the plan", "指標在計畫中的層級"),
    "unit": ("Unit of the row's figures, as the plan writes it", "該列數字的單位，依計畫的寫法"),
    "unit_itself": ("The unit, as it is written", "單位的寫法"),
    "dimension": ("What it measures; units of the same dimension convert", "所量測的事物；相同者可互相換算"),
    "size": ("How many times it is the unit of its dimension that has size 1", "為同類中大小為 1 之單位的幾倍"),
    "name_en": ("What people see in English", "英文顯示的名稱"),
    "name_zh_tw": ("What people see in Chinese", "中文顯示的名稱"),
    "also": ("Further spellings", "其他寫法"),
    "direction": ("Whether more or less is better", "越高越好或越低越好"),
    "base_year": ("Year of the base", "基準值的年度"),
    "base": (
        "First observation of the unbroken series, or that of the plan's base year",
        "未中斷數列的第一筆觀測值，或計畫所定基準年的觀測值",
    ),
    "year": ("Year of the observation; in results that of the latest one", "觀測值的年度；結果中為最近一筆的年度"),
    "actual": ("Latest observation", "最近一筆觀測值"),
    "value": ("Observed value; empty is missing", "觀測值；空白表示缺漏"),
    "obs_status": (
        "SDMX code (CL_OBS_STATUS) of the observation; empty is A",
        "觀測值的 SDMX 代碼（CL_OBS_STATUS）；空白即 A",
    ),
    "source": ("Id of the source in the plan, or where the value is from", "計畫中的來源代碼，或數值的出處"),
    "locator": ("Where in the source", "在來源中的位置"),
    "note": ("What to know before using the value", "使用該值前應知事項"),
    "note_zh": ("The note in Chinese, where it is not in note", "note 欄以外另備的中文備註"),
    "bound": ("Where the true value lies if the value is not exact", "數值不精確時，真值的位置"),
    "explanation": ("Why the value falls short of what the target asks for", "落後原因：數值未達目標所需的原因"),
    "measures": ("What is done about it", "改善措施：如何因應"),
    "target_year": ("Year by whose end the target is to be reached", "應於該年底前達成目標"),
    "target": ("Value to reach", "目標值"),
    "group": (
        "Pillar, agency or level; empty for no agency",
        "構面、主辦機關或層級；無主辦機關時為空白",
    ),
    "low_evidence": ("Number of series with low evidence", "佐證有限的數列數"),
    "capped_attainment_pct": (
        "Mean attainment of those that have one, each capped at 100, by weight",
        "有達成率者的加權平均，各以 100 為上限",
    ),
    "with_attainment": ("Number of series in that mean", "計入該平均的數列數"),
    "owner": ("Agencies in charge, joined by semicolons", "主辦機關，以分號相連"),
    "weight": ("Weight in means of several indicators", "計算多項指標平均時的權重"),
    "milestone": ("Intermediate target of the actual's year", "實際值所屬年度的里程碑"),
    "milestone_attainment_pct": (
        "Attainment of the milestone of the actual's year",
        "年度達成率：實際值占該年度里程碑的比例；越低越好者取倒數",
    ),
    "target_low": ("Least value that meets a range", "目標範圍的下限"),
    "target_high": ("Greatest value that meets a range", "目標範圍的上限"),
    "target_text": (
        "A relative target: change or factor, and the year it starts from",
        "相對目標：增減或倍數，及起算年度",
    ),
    "since": ("First year of assessment in which the target counts", "目標自該判定年度起適用"),
    "keep": ("Whether the target is to be held every year", "目標是否須逐年維持"),
    "total_since": ("First year of the yearly amounts whose sum counts", "累計的起始年度"),
    "gap": ("Target minus actual", "目標值減實際值"),
    "attainment_pct": (
        "Attainment: actual as a share of the target, or its inverse where less is better",
        "達成率：實際值占目標值的比例；越低越好者取倒數",
    ),
    "progress_pct": ("Share of the way from base to target that is covered", "進度：自基準值至目標值已完成的比例"),
    "observed_growth_pct": ("Compound annual growth from base to actual", "基準值至實際值的年複合成長率"),
    "observed_change": ("Annual change from base to actual", "基準值至實際值的每年變化量"),
    "required_growth_pct": (
        "Compound annual growth from the actual that reaches the target in time",
        "自實際值起如期達標所需的年複合成長率",
    ),
    "required_change": (
        "Annual change from the actual that reaches the target in time",
        "自實際值起如期達標所需的每年變化量",
    ),
    "pace": (
        "What happened in proportion to what was needed, by the rule; 1 is just enough",
        "依規則計算，實際進展與所需進展之比；1 表示剛好",
    ),
    "on_track": ("Whether the indicator is on track; empty if it cannot be judged", "是否符合進度；空白表示無法判定"),
    "status": ("Judgement by the rule", "依規則的判定"),
    "evidence": ("How firm the judgement is", "判定的佐證程度"),
    "reason": ("Codes for empty figures and special cases, joined by semicolons", "空白與特殊情形的代碼，以分號相連"),
    "rule": (
        "On-track rule of the row's judgement; all where every rule judges",
        "該列判定所用的規則；all 表示所有規則",
    ),
    "smartkpi_version": ("Version of smartkpi that computed the row", "計算該列的 smartkpi 版本"),
    "outlook": (
        "Whether the projection meets the target in the target year: met, close or missed; empty if nothing says so",
        "依推估，目標年是否達標：met 為達標，close 為接近，missed 為未達；空白表示無從得知",
    ),
    "project_year": ("Year that is projected to", "推估的年度"),
    "held": ("Scenario: the latest value stays", "情境：維持最近一筆的值"),
    "at_observed_change": ("Scenario: the observed annual change goes on", "情境：照目前變化量延續"),
    "at_observed_growth": ("Scenario: the observed compound growth goes on", "情境：照目前年複合成長率延續"),
    "projected": ("Central projection", "中央推估值"),
    "low": ("Lower end of the 80 % interval", "80 % 區間的下限"),
    "high": ("Upper end of the 80 % interval", "80 % 區間的上限"),
    "method": ("How the central projection was made", "中央推估值的算法"),
    "meets_target": ("Whether the central projection meets the target", "中央推估值是否達到目標"),
    "probability": ("Probability of meeting the target in the projected year", "在推估年度達標的機率"),
    "reached_in": ("First year in which the target is met", "首次達標的年度"),
    # Plans as tables
    "title_en": ("English title of the indicator", "指標的英文名稱"),
    "title_zh_tw": ("Title of the indicator in Traditional Chinese", "指標的中文名稱"),
    "pillar_title": ("Title of the group: the English one, else the only one", "構面名稱：英文，沒有則為唯一的名稱"),
    "lower_bound": ("Least possible value", "可能的最小值"),
    "upper_bound": ("Greatest possible value", "可能的最大值"),
    "decimals": ("Decimals that people see", "顯示的小數位數"),
    "definition": ("What is measured", "衡量的內容"),
    "target_kind": (
        "milestone: a target on the way; target: the indicator's; series: that of the series beside it; since: later",
        "milestone：里程碑；target：指標的目標；series：所列維度值之數列自有的目標；since：自某年度起適用的目標",
    ),
    "year_of_row": ("Year of the row", "該列的年度"),
    "observed": ("Observation of the year", "該年度的觀測值"),
    "path": ("Value of the path from the base to the target in that year", "自基準值至目標值的路徑在該年度的值"),
    "required": (
        "Value of the straight line from the latest observation to the target in that year",
        "自最近一筆觀測值至目標值的直線在該年度的值",
    ),
    "series": ("Number of series", "數列數"),
    "series_with_status": ("Number of series with this status", "屬於此判定的數列數"),
    "median_pace": ("Median pace of the series that have one", "有進展比之數列的進展比中位數"),
    "worst": (
        "The five series with the lowest pace that have not achieved the target, worst first, joined by semicolons",
        "尚未達標且進展比最低的五個數列，最差者在前，以分號相連",
    ),
    "status_of_rule": ("Judgement by the rule that the column names", "依欄名所示規則的判定"),
    "agreement": (
        "Whether all rules that judge agree on being on track; empty if fewer than two judge",
        "可判定的規則對「是否符合進度」的結論是否一致；可判定者不足兩項時為空白",
    ),
    "as_of": ("Year by whose end things are judged", "判定所依據的年度，以該年底為準"),
    "status_change": (
        "Status of the year before and that of the row, where they differ",
        "前一年度的判定與該列的判定，僅於不同時填寫",
    ),
}

# By name of what has a schema.
DOCUMENTS: dict[str, tuple[str, str]] = {
    "status": ("Status of each series (smartkpi status)", "各數列的判定(smartkpi status)"),
    "project": ("Projection of each series (smartkpi project)", "各數列的推估(smartkpi project)"),
    "check": ("Series that fail a check (smartkpi check)", "未通過檢查的數列(smartkpi check)"),
    "trend": ("One indicator year by year (smartkpi trend)", "單一指標逐年資料(smartkpi trend)"),
    "summary": ("A row per indicator (smartkpi status --summarise)", "每項指標一列(smartkpi status --summarise)"),
    "explain": ("How figures were obtained (smartkpi explain)", "數字如何得出(smartkpi explain)"),
    "groups": (
        "A row per group (status --summarise --group)",
        "每組一列(status --summarise --group)",
    ),
    "list": ("Indicators of the plan (smartkpi list)", "計畫的指標（smartkpi list）"),
    "observations": ("Observations (smartkpi export)", "觀測值(smartkpi export)"),
    "validate": (
        "What is wrong with plan and actuals (smartkpi validate)",
        "檢查計畫與實際值(smartkpi validate)",
    ),
    "plan": ("A plan and its targets (targets.toml)", "計畫與目標值(targets.toml)"),
}

# By key of the document of `validate`, and of the problems in it.
VALIDATION: dict[str, tuple[str, str]] = {
    "valid": ("Whether there are no errors", "是否沒有錯誤"),
    "indicators": ("Number of indicators; null where there are errors", "指標數；有錯誤時為 null"),
    "observations": ("Number of rows of actuals; null where there are errors", "實際值列數；有錯誤時為 null"),
    "years": ("Years that have rows", "有資料的年度"),
    "files": ("Files that were read", "已讀取的檔案"),
    "errors": ("What must be fixed", "必須修正的錯誤"),
    "remarks": ("What should be known, though it stops nothing", "應知事項，不影響執行"),
    "code": ("Kind of problem", "問題的種類"),
    "file": ("File that has it; null where it has no place", "所在的檔案；沒有位置時為 null"),
    "line": ("Its line in the file", "在檔案中的行號"),
    "message": ("What was found and expected", "問題的說明"),
    "fix": ("How to fix it", "修正的方法"),
    "tables": (
        "How each table of actuals was understood, as far as it was",
        "各實際值表格的判讀結果；有錯誤時僅列已判讀者",
    ),
    "kind": ("text, json, workbook or parquet", "text、json、workbook 或 parquet"),
    "encoding": ("Encoding of a text", "文字檔的編碼"),
    "delimiter": ("What is between the cells of a text", "文字檔的分隔字元"),
    "decimal": ("Decimal mark, where it could have been another", "小數點（可能為其他字元時）"),
    "header": ("Lines of the header", "標題列所在的行"),
    "layout": (
        "tidy, wide (years as columns), across (indicators as columns), sdmx, eurostat or unsd",
        "tidy、wide（以年度為欄）、across（以指標為欄）、sdmx、eurostat 或 unsd",
    ),
    "columns": ("Columns that are read", "已讀取的欄位"),
    "name": (
        "As the file has it; empty where the indicator was named with the file",
        "檔案中的名稱；指標隨檔名指定時為空",
    ),
    "meaning": ("What it was taken for: a column of the tidy layout, or a dimension", "判讀為何：標準欄位或維度"),
    "detail": ("Year or indicator of the values in it", "欄中數值的年度或指標"),
    "columns_left_out": ("Columns that are not read", "未讀取的欄位"),
    "table_rows": ("Rows below the header that are not left out", "標題列以下未略過的列數"),
    "rows_left_out": ("Rows that are not read", "未讀取的列"),
    "reason": (
        "above (the header), below (the data), where (--where), no_indicator or no_values",
        "above（標題列以上）、below（資料以下）、where（--where）、no_indicator（不符任何指標）、no_values（無數值）",
    ),
    "number": ("How many", "數量"),
    "first_line": ("Line of the first one", "第一列的行號"),
    "values": ("Values that were read", "已讀取的數值"),
    "no_data": ("Cells without data that were read", "無資料的儲存格"),
    "table_indicators": ("Indicators that have values", "有資料的指標數"),
    "table_years": ("Years that have rows", "有資料的年度"),
}

# By key of an output that is a JSON document.
ENVELOPE: dict[str, tuple[str, str]] = {
    "rule": ("On-track rule; all where every rule judges", "進度規則；all 表示並列所有規則"),
    "year": (
        "Year by whose end things are judged; in projections the one asked for",
        "判定所依據的年度，以該年底為準；推估時為所指定的年度",
    ),
    "as_of": ("Only observations up to this year were used", "僅採用至該年度的觀測值"),
    "interval": ("Probability of the interval", "區間的機率"),
    "fields": ("Columns that were chosen, if not all", "所選的欄位；未選擇時不列出"),
    "rows": ("The rows", "各列"),
    "row": ("A row with all columns; a line of JSON lines", "含所有欄位的一列，即 JSON lines 的一行"),
    "cells": ("A row that may lack columns", "可缺少欄位的一列"),
    "dimension": ("Value of a dimension of the plan", "計畫中某維度的值"),
    "indicator": ("The indicator", "指標"),
    "series": ("The indicator's series", "該指標的數列"),
}

# By key of an explained series.
EXPLANATION: dict[str, tuple[str, str]] = {
    "dimensions": ("Value by dimension", "各維度的值"),
    "figures": ("Figures of the series, as in its row of smartkpi status", "該數列的數字，同 smartkpi status 的該列"),
    "given": ("Numbers that the figures rest on", "計算所依據的數字"),
    "steps": ("Figures with their formulas", "各數字及其公式"),
    "verdicts": ("What each rule says, the chosen one first", "各規則的判定，所選規則在前"),
    "agreement": (
        "Whether all rules that judge agree on being on track; null if fewer than two judge",
        "可判定的規則對「是否符合進度」的結論是否一致；可判定者不足兩項時為 null",
    ),
    "next_year": ("Year of the next observation that would add to what is known", "能提供更多資訊的下一筆觀測值的年度"),
    "missing": ("What is not known", "尚缺的資訊"),
    "role": ("What the number is in the formulas", "該數字在公式中的角色"),
    "year": ("Year of the number", "該數字的年度"),
    "value": ("The number, in the indicator's unit", "以指標單位計的數字"),
    "as_given": ("Value and unit as the file has them", "檔案中原有的數值與單位"),
    "obs_status": ("SDMX code (CL_OBS_STATUS) of the observation", "觀測值的 SDMX 代碼（CL_OBS_STATUS）"),
    "source": ("Title and publisher of the source, or what the file says", "來源的名稱與出版者，或檔案所載的出處"),
    "locator": ("Where in the source", "在來源中的位置"),
    "note": ("What to know before using the number", "使用該數字前應知事項"),
    "note_zh": ("The note in Chinese; empty where there is none of its own", "中文備註；沒有則為空白"),
    "source_zh": (
        "The source in Chinese; empty where the plan does not describe it",
        "來源的中文名稱；計畫未載則空白",
    ),
    "explanation": ("Why the value falls short of what the target asks for", "落後原因：數值未達目標所需的原因"),
    "measures": ("What is done about it", "改善措施：如何因應"),
    "file": ("File that has the number", "該數字所在的檔案"),
    "line": ("Its line in the file", "該數字在檔案中的行號"),
    "assumed": ("Whether it was only assumed (--assume)", "是否僅為假設值(--assume)"),
    "figure": ("Column of smartkpi status", "smartkpi status 的欄位"),
    "formula": ("How it is worked out", "公式"),
    "worked": ("The same with the numbers put in; null where it is not defined", "代入數字的公式；無法計算時為 null"),
    "result": ("What comes out; null where it is not defined", "結果；無法計算時為 null"),
    "rule": ("Name of the rule", "規則名稱"),
    "reference": ("Where the rule is published", "規則的出處"),
    "step": ("Its pace", "其進展比"),
    "thresholds": ("Least pace of each status", "各判定的最低進展比"),
    "status": ("Judgement by the rule", "依規則的判定"),
    "reasons": ("Codes for empty figures and special cases", "空白與特殊情形的代碼"),
    "differs": ("Whether it is on track otherwise than by the chosen rule", "是否符合進度與所選規則不同"),
    "shares": (
        "Rules with the same base, latest value, scale and thresholds, which count as one with it in the agreement",
        "基準值、最近值、尺度與門檻皆相同的規則，判斷一致性時合計為一個",
    ),
    "published": ("Class that the rule's publication gives, in its words", "原方法給的等級，依其用詞"),
    "next_value": ("Value from which on next_year would be on track", "在 next_year 剛好符合進度的值"),
    "reason": ("Why it is not known", "缺少的原因"),
    "details": ("Years that the reason speaks of", "原因所指的年度"),
}

# By dotted key of the plan (model.plan_keys); * is any id.
KEYS: dict[str, tuple[str, str]] = {
    "schema": ("Version of the format", "格式版本"),
    "plan": ("The plan as a whole", "計畫整體"),
    "plan.id": ("Id of the plan", "計畫代碼"),
    "plan.dimensions": ("Columns of the actuals that split an indicator into series", "將指標分為多個數列的欄位"),
    "plan.dimensions.name": ("Name of the dimension in results", "維度在結果中的名稱"),
    "plan.dimensions.column": ("What the files call the column; default: its name", "檔案中的欄名；預設同維度名稱"),
    "plan.dimensions.total": (
        "Values that mean the whole, such as Total; an empty cell then means it too",
        "代表整體的值，例如「總計」；有此設定時，空白儲存格也代表整體",
    ),
    "plan.fiscal_year": (
        "Year that a fiscal year such as 2021/22 counts as: that of its start or of its end",
        "跨年度（如 2021/22）以起始年（start）或結束年（end）為準",
    ),
    "plan.license": ("What others may do with plan and figures", "計畫與數字的授權條款"),
    "plan.license.name": (
        "Identifier, such as CC-BY-4.0 or OGDL-Taiwan-1.0",
        "授權代碼，例如 CC-BY-4.0、OGDL-Taiwan-1.0",
    ),
    "plan.license.title": ("Name of the licence, or what it covers", "授權名稱，或其適用範圍"),
    "plan.license.url": ("Its text on the web", "授權條款網址"),
    "reading": (
        "How the files of actuals are to be understood; options count before it",
        "實際值檔案的讀法；命令列選項優先",
    ),
    "reading.where": (
        "Only rows, or series, with this value; values of one column are alternatives",
        "只採用該欄為此值的列或數列；同一欄可有多個值，符合其一即可",
    ),
    "reading.encoding": (
        "Encoding of text files, such as utf-16; default: UTF-8, else cp950",
        "文字檔的編碼，例如 utf-16；預設為 UTF-8，否則 cp950",
    ),
    "reading.sheet": (
        "Sheet of a workbook, by name or number, * for all; default: observations, else the only one with a table",
        "活頁簿的工作表名稱或編號，* 為全部；預設為 observations，否則為唯一含有表格的工作表",
    ),
    "reading.skip_lines": (
        "Lines before the header; default: the header is looked for",
        "標題列之前的行數；預設為自動尋找標題列",
    ),
    "reading.calendar": (
        "Calendar of the years: Common Era (ce), or Republic of China (roc)",
        "年度的紀年：ce 為西元，roc 為民國",
    ),
    "reading.fiscal_year": (
        "Which of its two years a fiscal year such as 2021/22 counts as",
        "跨年度（例如 2021/22）以起始年（start）或結束年（end）計",
    ),
    "reading.period": (
        "What 2010-11 is: a fiscal year, or a month",
        "2010-11 是跨年度（year）或月份（month）",
    ),
    "reading.decimal": (
        "Decimal mark of the values in text files; default: a point, unless the file says otherwise",
        "文字檔數值的小數點符號；預設為句點，除非檔案內容顯示為逗號",
    ),
    "reading.missing": ("Text of cells without data, beside the usual ones", "表示無資料的文字（常見者不需另列）"),
    "reading.zero": ("Text of cells that mean 0, such as -", "表示 0 的文字，例如 -"),
    "reading.accounting": (
        "Values in brackets, or with a triangle before them, are negative",
        "括號內的數值，或帶有 △、▲ 的數值，為負數",
    ),
    "reading.units_from_plan": (
        "Values without a unit are in the unit of their indicator",
        "未標示單位的數值，採用計畫中該指標的單位",
    ),
    "rule": ("The plan's default on-track rule", "計畫預設的進度規則"),
    "rule.name": ("Name of the rule", "規則名稱"),
    "rule.on_track": ("Least pace that is on track", "符合進度的最低進展比"),
    "rule.lagging": ("Least pace that is lagging", "進度落後的最低進展比"),
    "rule.off_track": (
        "Least pace that is off track; below it an indicator is reversing",
        "嚴重落後的最低進展比；更低則為退步",
    ),
    "units": (
        "Units of the plan's own, by name: units by themselves, or of one `measures`, or so many of a known unit",
        "計畫自訂的單位，以名稱為鍵：自成一種，或同屬一個 measures，或等於若干已知單位",
    ),
    "units.*.measures": (
        "What it measures, in a word of the plan; units of the same word convert",
        "所量測的事物，由計畫自訂；用語相同的單位可互相換算",
    ),
    "units.*.size": ("How many of `measures` one of it is; 1 by default", "一單位等於多少 measures，預設為 1"),
    "units.*.equals": ('A quantity in a known unit, such as "200 kg"', "以已知單位計的數量，例如 200 kg"),
    "sources": ("Publications that figures come from, by id", "數字的出處，以代碼為名"),
    "sources.*.title": ("Title of the publication, or a table of it by language", "出版品名稱，或依語言列出的表"),
    "sources.*.publisher": ("Who published it", "出版者"),
    "sources.*.published": ("Date of publication", "出版日期"),
    "sources.*.url": ("Address on the web", "網址"),
    "pillars": ("Groups of indicators, by id", "指標的構面，以代碼為名"),
    "indicators": ("Indicators with their targets, by id", "指標與其目標，以代碼為名"),
    "indicators.*.pillar": ("Id of the group it belongs to", "所屬構面的代碼"),
    "indicators.*.level": ("Headline indicators are shown by default", "預設顯示總體指標（headline）"),
    "indicators.*.unit": ("Unit of the target and of the results", "目標值與結果的單位"),
    "indicators.*.direction": ("Whether more or less is better", "越高越好或越低越好"),
    "indicators.*.target": (
        "Value to reach, in the unit or with one of its own; a change since a year; with within the range [low, high]",
        "以該單位計的目標值，或附有單位的數量；或相對於某年的增減；within 則為範圍「[下限, 上限]」",
    ),
    "indicators.*.base": ("Baseline that the plan prints for base_year", "計畫所載基準年的基準值"),
    "indicators.*.keep": (
        "Whether the target is to be held every year until target_year",
        "目標是否須逐年維持至目標年",
    ),
    "indicators.*.total_since": (
        "The actuals are yearly amounts, and their sum since this year counts",
        "實際值為各年度數量，以自該年度起的累計計算",
    ),
    "target.change": (
        "Change with sign and unit: -55 %, +20 pp, +1,000 t",
        "帶正負號與單位的增減：-55 %、+20 pp、+1,000 件",
    ),
    "target.times": ("Factor", "倍數"),
    "target.from": ("Year whose value the target starts from", "起算年度"),
    "indicators.*.target_year": ("Year by whose end the target is to be reached", "應於該年底前達成目標"),
    "indicators.*.base_year": ("Where the trend starts; else the first observation", "趨勢起點；未填則為第一筆觀測值"),
    "indicators.*.bounds": ("Least and greatest possible value; [] means none", "可能的最小值與最大值；[] 表示不設限"),
    "indicators.*.milestones": ("Intermediate targets, by year", "各年度的里程碑"),
    "indicators.*.targets": ("Targets of single series, and those since a year", "個別數列的目標，或自某年度起的目標"),
    "indicators.*.aggregate": (
        "How quarters, months and half-years make a year: the last one, their sum or their mean",
        "季、月、半年如何合成一年：取最後一期（last）、加總（sum）或平均（mean）",
    ),
    "indicators.*.owner": (
        "Agencies in charge: a name, a list, or a table by language",
        "主辦機關：名稱、清單或依語言的表",
    ),
    "indicators.*.weight": (
        "Weight in weighted means; without one, that of the mean of the others",
        "加權平均的權重；未填則取其他指標的平均",
    ),
    "indicators.*.decimals": ("Decimals that people see", "顯示的小數位數"),
    "indicators.*.source": ("Id of the source that prints the target", "目標值出處的代碼"),
    "indicators.*.locator": ("Where in the source", "在來源中的位置"),
    "indicators.*.short": ("Title where there is little room, such as a narrow terminal", "空間不足時顯示的簡稱"),
    "indicators.*.definition": ("What is measured", "衡量的內容"),
    "indicators.*.note": ("What to know before using the figures", "使用數字前應知事項"),
    "indicators.*.targets.where": ("Value of each dimension that the series has", "該數列各維度的值"),
    "indicators.*.targets.since": ("First year of assessment in which it counts", "自該判定年度起適用"),
    "indicators.*.targets.milestones": (
        "Intermediate targets, by year; else those of the indicator",
        "各年度的里程碑；未填則同指標",
    ),
    "indicators.*.targets.target": ("Value to reach, as that of the indicator", "目標值，寫法同指標的目標值"),
    "indicators.*.targets.target_year": (
        "Year by whose end it is to be reached; else that of the indicator",
        "應於該年底前達成；未填則同指標的目標年",
    ),
    "title": ("Title by language: en, zh-TW or both", "各語言的名稱：en、zh-TW 或兩者"),
}


def describe(entries: Mapping[str, tuple[str, str]], key: str, lang: str) -> str:
    """Return the description under a key, in the language."""
    english, chinese = entries[key]
    return chinese if lang == "zh-TW" else english
