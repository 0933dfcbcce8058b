"""Error messages and remarks, each with its cure, in Traditional Chinese as written in Taiwan."""

from __future__ import annotations

_COLUMN_CURE = "請補上；必要欄位為 indicator、year、value、unit，以及計畫所列的每個維度"

ERRORS: dict[str, tuple[str, str]] = {
    # Files
    "no_such_file": ("沒有這個檔案", "請檢查路徑的拼寫，以及路徑從哪個資料夾算起"),
    "no_such_folder": ("沒有這個資料夾", "請以 --data 指定含有 targets.toml 與 actuals/ 的資料夾"),
    "no_actuals_folder": ("沒有這個資料夾", "請建立資料夾並放入實際值檔案，或以 --actuals 指定檔案"),
    "no_actuals_yet": ("尚無實際值", "請填寫 smartkpi template --year Y 產生的檔案"),
    "no_actuals": ("資料夾內沒有實際值檔案（{kinds}）", "請放入檔案，或以 --actuals 指定檔案"),
    "is_a_folder": ("這是資料夾，應為檔案", "請指定其中的檔案"),
    "cannot_read": ("無法讀取：{problem}", "請檢查路徑與讀取權限"),
    "cannot_write": ("無法寫入：{problem}", "請以 --output 指定其他位置"),
    "too_large": (
        "觀測值約需 {needed} 位元組的記憶體，超過上限 {limit}",
        (
            "請提高 --memory-limit，或由 status 或 project 分批寫入 .parquet、.csv 或 .tsv 檔"
            "（只讀 Parquet 檔，不用 --by、--sort、--top、--summarise、--assume）"
        ),
    ),
    "not_by_parts": (
        "欄位「{name}」的文字須對照所有列才能判讀，但全部的列超過記憶體上限",
        "請將年度存為整數、數值存為數字，或提高 --memory-limit",
    ),
    "too_many_values": ("各構面的值超過 {number} 個，超過記憶體上限", "請提高 --memory-limit"),
    "series_too_long": ("有一個數列約有 {number} 列，超過記憶體上限", "請刪除重複的列，或提高 --memory-limit"),
    "file_too_large": ("檔案超過 {largest} 位元組", "請將檔案分割為較小的檔案"),
    "not_text": (
        "檔案第 {position} 個位元組 {byte} 不是 {tried} 的文字",
        "請存成 UTF-8，或以 --encoding 指定編碼；可用者：{names}",
    ),
    "encoding_used": ("檔案不是 UTF-8，已以 {encoding} 讀取", "建議另存為 UTF-8"),
    # Plan
    "plan_not_utf8": ("位元組 {byte:#04x} 不是 UTF-8", "請將計畫檔存成 UTF-8"),
    "toml_syntax": ("TOML 語法錯誤，第 {column} 欄：{problem}", "請修正該行；TOML 的寫法見 https://toml.io"),
    "toml_limits": ("無法讀取 TOML：{problem}", "請減少巢狀層數、縮短數字"),
    "unknown_key": ("{table} 有無法辨識的鍵「{key}」", "請刪除，或改為已知的鍵：{near}"),
    "missing_key": ("{table} 缺少必要的鍵「{key}」", "請補上以 {key} = 開頭的一行"),
    "wrong_type": ("{table} {key} 為 {found}，應為 {expected}", "請寫成 {expected}"),
    "not_a_choice": ("{table} {key} 為「{found}」，應為下列之一：{choices}", "請擇一填寫"),
    "not_a_year": ("{table} {key} 為 {found}，應為年份", "請填 {first} 至 {last} 之間的年份"),
    "not_names": ("{table} 的 {key} 為 {found}，應為名稱", '請填寫名稱，多個時寫成 ["A", "B"]'),
    "negative_weight": ("{table} 的 weight 為 {found}，應為 0 以上", "請填寫數字，例如 25"),
    "not_finite": ("{table} {key} 為 {found}，應為有限的數字", "請填數字，例如 6.5"),
    "not_in_range": ("{table} {key} 為 {found}，應為 {least} 至 {most}", "請填 {least} 至 {most} 之間的整數"),
    "empty_text": ("{table} {key} 是空的，應為文字", "請在引號內填寫文字"),
    "empty_table": ("[{key}] 是空的，應至少有一個表", "請新增一個，例如 [{key}.my_id]"),
    "empty_id": ("{table} 有一項的代碼是空的", "請在引號內填寫代碼"),
    "control_character": (
        "{table} 的名稱「{found}」含有控制字元",
        "請刪除顯示為 \\x 或 \\u 的字元，或重新輸入名稱",
    ),
    "empty_title": ("{table} 的 title 是空的", "請以 en 或 zh-TW 填寫名稱"),
    "thresholds_out_of_order": (
        "{table} 門檻依序為 {found}，應為 on_track > lagging > off_track",
        "on_track 請填最大的數字，off_track 請填最小的數字",
    ),
    "base_after_target": (
        "{table} 的 base_year {base_year} 晚於 target_year {target_year}",
        "base_year 請填不晚於 {target_year} 的年份，或刪除",
    ),
    "milestone_not_a_year": ("{table} 有鍵「{key}」，應為年份", "里程碑請寫成 {{ 2023 = 6.0 }}"),
    "milestone_after_target": (
        "{table} 的里程碑不早於目標年 {target_year}",
        "請刪除該里程碑，或改為 {target_year} 之前的年份",
    ),
    "bounds_not_a_pair": ("{table} bounds 為 [{found}]，應為 [下限，上限]", "請填兩個數字，小的在前；不設限請填 []"),
    "outside_bounds": ("{table} {key} 為 {found}，超出上下限 {low} 至 {high}", "請修正數字，或該指標的上下限"),
    "plan_unknown_unit": (
        "{table} 的單位「{unit}」無法辨識",
        "請填已知的單位，例如 {near}，或在計畫檔宣告 [units.{name}]；`smartkpi units` 列出所有單位",
    ),
    "plan_unit_of_changes": ("{table} 的單位「{unit}」只能用於變化量", "請改用 %"),
    "unit_name": ("{table} 不能作為單位名稱", "請換一個名稱：至多 80 字，不全是數字，與其他單位不只大小寫不同"),
    "unit_not_own": ("{table}：「{found}」一律表示比率", "請換一個名稱，不得為 {never}"),
    "unit_size": ("{table} 的 size {found} 不大於 0", "請填這個單位等於多少 measures"),
    "unit_equals_and_more": (
        "{table} 同時有 equals 與 measures 或 size",
        '請只填 equals = "200 kg"，或只填 measures 與 size',
    ),
    "unit_equals": ("{table} 的 equals「{found}」不是以已知單位計的數量", '請填例如 equals = "200 kg"'),
    "target_not_a_quantity": (
        "{table} {key}「{found}」不是以 {unit} 計的數量",
        "請填數字，或帶單位的數字，例如 6.5 {unit}",
    ),
    "target_dimension": ("{table} {key} 的單位為「{found}」（{dimension}），與 {unit} 不符", "請以 {unit} 填寫"),
    "not_a_dimension": ("{table} dimensions 有「{found}」，維度名稱不得重複，也不得為：{reserved}", "請換一個名稱"),
    "dimension_of_results": (
        "{table} dimensions 有「{found}」，與結果的欄位同名",
        "請在此處與實際值檔案中為維度換一個名稱，例如 {found}_of_series",
    ),
    "where_or_since": (
        "{table} 第 {number} 項既無 where 也無 since",
        '請寫明適用的數列，例如 where = {{ area = "..." }}，或起始年度，例如 since = 2023',
    ),
    "change_or_times": ("{table} 應有 change 或 times 其中之一", "請擇一填寫"),
    "times_not_positive": ("{table} 的 times 為 {found}，應為大於 0 的數", "請填寫數字，例如 2"),
    "not_a_change": (
        "{table} 的 change 為「{found}」，應有正負號、數字與單位",
        '比例請寫成 "-55 %"，百分點請寫成 "+20 pp"，其他以 {unit} 為單位',
    ),
    "range_needed": ("{table} 的 target 為 {found}，因 direction 為 within，應為範圍", "請寫成 [40, 45]"),
    "range_without_within": ("{table} 的 target 為範圍，但 direction 不是 within", '請寫 direction = "within"'),
    "not_a_range": ("{table} 的 target 為 [{found}]，應為 [下限，上限]", "請填寫兩個數字，較小者在前"),
    "not_with_range": ("{table} 的目標為範圍，不能使用 {key}", "請刪除 {key}"),
    "base_without_year": ("{table} 有 base 而無 base_year", "請填寫基準年，例如 base_year = 1990"),
    "not_with_total": (
        "{table} 的 {key} 不能與 total_since 併用，累計自 0 起算",
        "請刪除 {key} 或 total_since；目標請填數字",
    ),
    "total_after_target": (
        "{table} 的 total_since {found} 晚於 target_year {target_year}",
        "請填寫不晚於 {target_year} 的年度",
    ),
    "from_after_target": (
        "{table} 的目標自 {found} 年起算，並未早於 target_year {target_year}",
        "請填寫早於 {target_year} 的年度",
    ),
    "base_differs": (
        "「{indicator}」{year} 年於此為 {found}，計畫所載基準值為 {plan}",
        "計算採用資料中的值；請更正有誤者",
    ),
    "before_total": (
        "「{indicator}」有累計起始年 {year} 年以前的值，不予計入：{years}",
        "若應計入累計，請將 total_since 改為較早的年度",
    ),
    "repeated_series_target": ("{table} 第 {number} 項的 where 與前面的一項相同", "請刪除其中一項，或修改其 where"),
    # Actuals
    "nul_byte": ("含有 NUL 位元組", "請存成 UTF-8 純文字"),
    "empty_file": ("檔案是空的，應有標題列", _COLUMN_CURE),
    "unclosed_quote": ("儲存格以引號開頭，但沒有結尾的引號", "請補上結尾的引號；儲存格內的引號請寫成兩個"),
    "not_separated_text": ("無法以 CSV 讀取：{problem}", "請重新存成 CSV"),
    "repeated_column": ("欄位「{name}」出現兩次", "請刪除其中一欄，或改名"),
    "missing_column": ("缺少欄位「{name}」，現有：{found}", _COLUMN_CURE),
    "columns_left_out": ("未讀取的欄位：{names}", "若要依這些欄位區分指標，請加入 [plan] 的 dimensions；否則無須處理"),
    "row_width": ("有 {found} 格，標題列有 {expected} 格", "請增減儲存格至 {expected} 格；含分隔符號的儲存格請加引號"),
    "unknown_indicator": ("計畫中沒有指標「{found}」", "請填計畫中的指標代碼，例如 {near}"),
    "none_matches": (
        "沒有任何一列（共 {number} 列）屬於計畫的指標，因此未讀取任何數值；檔案中為：{found}；計畫的指標：{ids}",
        "請填寫計畫的代碼或名稱；若各列同屬一項指標，請以 -a ID=FILE 指定",
    ),
    "no_values": ("沒有數值，未讀取任何資料", "請填入數值；若檔案中已有數值，請以 `smartkpi validate` 檢視讀取方式"),
    "year": (
        "「{found}」不是年份：{reason}{understood}",
        "請填年份，例如 2022、「民國111年」；加上 --calendar roc 可填 111",
    ),
    "years": ("檔案中混用兩種曆法的年份{understood}", "同一檔案的年份請用同一種曆法"),
    "fiscal_year": (
        "「{found}」跨兩個年度，無法得知以哪一年計",
        "請加 --fiscal-year start 或 end，或在 [plan] 填 fiscal_year",
    ),
    "month_or_fiscal": ("「{found}」可能是月份，也可能是跨年度", "請加 --period month，或 --fiscal-year start 或 end"),
    "mixed_parts": ("「{indicator}」{year} 年有長短不同的期間：{kinds}", "請保留同一種期間，例如四季"),
    "parts_too_large": ("「{indicator}」{year} 年各期的總和超出電腦可表示的數字", "請更正數值，或改用較大的單位"),
    "total_too_large": ("「{indicator}」截至 {year} 年的累計值超出電腦可表示的數字", "請更正數值，或改用較大的單位"),
    "part_of_year_only": (
        "「{indicator}」{year} 年僅有 {all} 期中的 {there} 期，不作為全年判定",
        "資料齊備後請補上；在此之前無須處理",
    ),
    "aggregate_differs": (
        "「{indicator}」{year} 年於此為 {found} {unit}，由各期算得 {made}",
        "計算採用全年的值；請更正有誤者",
    ),
    "part_of_year": (
        "「{found}」只是一年的一部分，但未說明指標「{indicator}」如何合成為全年",
        '請在計畫的 [indicators.{indicator}] 加上 aggregate = "sum"、"mean" 或 "last"',
    ),
    "obs_status": ("無法辨識的 obs_status「{found}」", "請填 SDMX 代碼（CL_OBS_STATUS）之一：{codes}"),
    "missing_dimension": ("維度「{name}」是空的", "請填其值；若為合計，請填合計的名稱"),
    "value": (
        "「{found}」不是數值：{reason}{understood}",
        "請填一個數字，可加單位；若表示沒有數值，請加 --missing 文字",
    ),
    "value_separators": (
        "「{found}」不是數值：{reason}{understood}",
        "請寫成 1234.5；若逗號是小數點，請加 --decimal ,",
    ),
    "decimal_mark": (
        "「{found}」可能是 {first}，也可能是 {second}：檔案中無從得知何者為小數點",
        "請加 --decimal , 或 --decimal .",
    ),
    "decimal_not_comma": ("「{found}」沒有小數逗號", "請修正數字，或加 --decimal ."),
    "accounting": ("「{found}」是否為 {negative}？", "若是，請加 --accounting；若否，請只填數字"),
    "mark_or_unit": (
        "「{found}」可能是 {number} 加註記「{mark}」，也可能是以「{mark}」為單位的 {number}",
        "註記請加括號，例如 {number} ({mark})，或填在 obs_status 欄；單位請寫全名",
    ),
    "mark_not_applicable": ("「{found}」表示不可能有數值，但該處有數值", "請刪除數值或註記"),
    "no_data_cell": ("{number} 格表示無資料：{marks}，位於 {places}", "若該符號表示 0，請以 --zero 指定"),
    "no_data_cells": ("{number} 格表示無資料：{marks}；最先的幾格為 {places}", "若有符號表示 0，請以 --zero 指定"),
    "dash_in_counts": (
        "計數資料中的「{found}」視為無資料（共 {number} 格）：{places}",
        "加 --zero {found} 則視為 0",
    ),
    "status_words": ("不是觀測值狀態的文字，未讀取：{words}", "觀測值狀態的欄位請命名為 obs_status"),
    "formula": (
        "「{found}」是尚未計算的公式",
        "請以 Excel 或 LibreOffice 開啟檔案並重新存檔，讓檔案存有計算結果",
    ),
    "texts_of_latest": (
        "有多個年度，但未註明屬於哪一年的欄位，視為該列有數值的最近年度：{names}",
        "若屬其他年度，請在標題列寫明年度，例如「113年落後原因」",
    ),
    "jump": (
        "「{indicator}」在 {first_place} 為 {first}，在 {second_place} 為 {second}：約差 {times} 倍",
        "請檢查單位與倍數；若兩者皆正確，無須處理",
    ),
    "year_to_come": (
        "「{indicator}」有 {year} 年的數值，但該年尚未到來（共 {number} 筆）",
        "若為預測值，請在 obs_status 標示 F；否則請更正年份",
    ),
    "more_jumps": ("另有 {number} 個數值跳動達 100 倍以上", "請檢查檔案"),
    "doubtful_encoding": (
        "檔案第 {position} 個位元組 {byte} 不是 UTF-8；以 cp950 讀取則只有罕用字",
        "請以 --encoding 指定編碼；可用者：{names}",
    ),
    "missing_indicator": (
        "沒有「indicator」（指標）欄，也沒有以計畫指標（{ids}）命名的欄位；找到：{found}",
        "請加上該欄；若各列同屬一項指標，請以 -a ID=FILE 指定",
    ),
    "missing_unit": (
        "缺少欄位「{name}」，現有：{found}",
        "請補上，或將單位寫在標題，例如「數值（%）」；或加 --units-from-plan",
    ),
    "units_differ": (
        "單位欄「{first}」與「{second}」分別為「{first_unit}」與「{second_unit}」",
        "請以 --where 選擇其一的列，或刪除有誤的欄",
    ),
    "columns_differ": (
        "欄位「{first}」與「{second}」分別為「{first_text}」與「{second_text}」",
        "請修正有誤的一欄",
    ),
    "no_unit": ("「{found}」沒有單位", "請在 unit 欄或數字之後寫上單位，或加 --units-from-plan"),
    "unknown_unit": ("無法辨識單位「{unit}」", "請填已知的單位，例如 {near}，或在計畫檔宣告 [units.{name}]"),
    "unit_of_changes": ("單位「{unit}」只能用於變化量", "請改用 %"),
    "unit_dimension": (
        "單位「{unit}」（{dimension}）與指標「{indicator}」的單位 {expected} 不符",
        "請以 {expected} 或其他 {expected_dimension} 的單位填寫，或以 --where 排除這些列",
    ),
    "two_units": ("「{value}」與單位欄「{unit}」的單位不同", "請刪除有誤的單位"),
    "two_multipliers": ("「{value}」與單位欄「{unit}」都有倍數", "請刪除其中一格的倍數"),
    "actual_outside_bounds": ("{found} {unit} 超出上下限 {low} 至 {high}", "請修正數值，或計畫中的上下限"),
    "rows_above": (
        "表格從此列開始；其上 {number} 列未讀取：{names}",
        "若標題列不是此列，請以 --skip-lines 指定其前的行數",
    ),
    "rows_below": ("資料下方 {number} 列為附註，未讀取：{names}", "若為資料，請補齊各欄"),
    "nameless_column": ("第 {number} 欄有「{found}」，但該欄沒有名稱", "請在標題列填入名稱，或清空該欄"),
    "words_under_year": (
        "{year} 之下的欄位為：{words}",
        "實際值請寫實績（actual），目標值請寫目標（target）；若為維度的值，請在計畫中宣告該維度",
    ),
    "figures_left_out": (
        "含數字但未讀取的欄位（名稱既非年度也非指標）：{names}",
        "若應讀取，請以年度或指標命名；加 --strict 則視為錯誤",
    ),
    "period_column": (
        "「{name}」欄將年度細分，Parquet 檔不支援此種欄位",
        "請將年度與期別寫在同一欄，如 2022-Q3，或以 --where 選取其中一期",
    ),
    "rows_of_targets": (
        "「{name}」欄標示為「{found}」等的列不是實際值，未讀取：{number} 列",
        "若為實際值，請以 --where 選取",
    ),
    "second_header": ("標題列以下另有一列標題：{found}", "請將各表分為不同的檔案或工作表，或合併為一個表"),
    "figures_above": (
        "標題列以上有 {number} 格數字未讀取，如「{found}」",
        "若標題列不是此列，請以 --skip-lines 指定其前的行數",
    ),
    "figures_below": (
        "資料以下的附註有 {number} 格數字未讀取，如「{found}」",
        "若為資料，請補齊各欄，且前面不要寫「註：」",
    ),
    "attainment_differs": (
        "「{indicator}」的「{name}」為 {found}，但 {actual} 除以 {target} 為 {share} %",
        "請更正有誤者；達成率一律由實際值與目標值計算",
    ),
    "rates_left_out": ("未讀取的欄位（可由目標與實績算出）：{names}", "無須處理；加 --strict 則視為錯誤"),
    "other_indicator": ("「{found}」是另一項指標，但此檔案指定為 {indicator}", "請不加 ID= 讀取，或指定正確的指標"),
    "where_no_column": ("沒有「{name}」欄，因此讀取所有列", "若也要篩選，請指定檔案中有的欄位"),
    "where_leaves_none": ("--where 排除了所有的列；「{name}」欄的值為：{values}", "請填寫其中之一"),
    "where_left_out": ("{rows} 列中有 {number} 列因 --where 未採用", "無須處理"),
    "where_unknown": ("所有檔案都沒有「{name}」欄，計畫也沒有此維度", "請填檔案中的欄名，例如 {near}"),
    "not_a_table": ("是 {format} 格式的檔案，無法讀取", "請將資料另存為 CSV 或活頁簿，並保留標題列"),
    "rows_twice": ("{number} 列重複，只計一次：{places}", "請刪除重複的列"),
    "value_replaced": ("「{indicator}」{year} 年的 {old} 改採較新的 {new}（{place}）", "無須處理"),
    "not_open_sdg": ("不是 Open SDG 的資料庫：沒有 meta 與 data 資料夾", "請指定資料庫的資料夾"),
    "open_sdg_no_targets": (
        "沒有任何指標同時有數值目標與資料",
        "請在指標詮釋資料的 progress_calculation_options 填寫目標",
    ),
    "open_sdg_metadata": ("無法讀取詮釋資料：{problem}", "請修正檔案"),
    "open_sdg_without_target": (
        "{number} 項指標沒有數值目標，未納入：{names}",
        "若要納入，請在 progress_calculation_options 填寫目標",
    ),
    "open_sdg_rows": ("{number} 列沒有年度或數字，未納入；行號 {lines}", "每列請填一個年度與一個數字"),
    "open_sdg_periods": (
        "有 {number} 列的年度形如 2014/2015，均以第一年計",
        "若應以另一年計，請修改產生的檔案中的年度",
    ),
    "open_sdg_unclear": (
        "「{name}」未納入：沒有資料列，或有多種單位：{units}",
        "請在 progress_calculation_options 指定 series 與 unit",
    ),
    "open_sdg_twice": ("{number} 個數列同一年有兩個值，未納入：{names}", "請刪除兩列中的一列"),
    "duplicate": ("「{indicator}」{year} 年有第二個值，第一個在 {first}", "請刪除兩列中的一列"),
    "duplicate_differs": (
        "「{indicator}」{year} 年有第二個值，第一個在 {first}；這兩列不同的欄位：{columns}",
        "請以 --where '{condition}' 選取列（該欄的值：{values}），或在計畫中將該欄宣告為維度",
    ),
    "more_duplicates": ("自此起另有 {number} 列為第二個值，差異在「{column}」欄", "請如上選取列"),
    # Shapes of actuals
    "no_header": (
        "標題列沒有任何已知欄位：{found}",
        "欄位請命名為「指標」「年度」「數值」「單位」，或 indicator、year、value、unit，以逗號、分號或定位字元分隔",
    ),
    "utf16": ("編碼為 UTF-16，應為 UTF-8", "請加 --encoding utf-16，或存成 UTF-8"),
    "same_meaning": ("欄位「{first}」與「{second}」都表示 {meaning}", "請刪除其中一欄，或改名"),
    "header_words": ("標題「{name}」中的「{words}」既非單位也非年份", "請改為單位，例如「數值（億元）」，或刪除"),
    "calendar_of_header": ("標題「{name}」的曆法與 --calendar 不同", "請不加 --calendar 再執行一次"),
    "ambiguous_indicator": ("「{found}」是多個指標的名稱：{ids}", "請以其中一個代碼取代名稱"),
    "title_of_another": (
        "「{indicator}」與「{title}」在同一列，但後者是 {other} 的名稱",
        "請填同一指標的代碼與名稱，或刪除其中之一",
    ),
    "unit_of_header": ("單位「{unit}」與標題的單位「{header}」不同", "請刪除有誤的單位"),
    "row_left_out": ("「{found}」不符合計畫的任何指標", "請填計畫中的指標代碼或名稱"),
    "rows_left_out": (
        "不符合任何指標而未讀取的列（共 {number} 列）：{names}",
        "若應讀取，請填寫計畫的代碼或名稱；若要視為錯誤，請加 --strict",
    ),
    "headings_left_out": ("有 {number} 列沒有數值，也不符合任何指標：{names}", "若為標題列，無須處理"),
    "target_differs": (
        "「{indicator}」此處 {year} 年目標為 {found}，計畫為 {plan_year} 年 {plan}",
        "以計畫的目標為準；請修正有誤的一方",
    ),
    "more_targets_differ": ("另有 {number} 個目標值與計畫不同", "請檢查檔案"),
    "more_attainments_differ": ("另有 {number} 個達成率與實際值除以目標值不符", "請檢查檔案"),
    "percent_cell": (
        "活頁簿中的數字 {found} 可能是 {found} %，也可能是以百分比顯示的比率",
        "請填大於 1 的百分數，例如 85；或填帶符號的文字，例如 '0.5%；或將單位寫成 fraction",
    ),
    "scaled_cell": (
        "儲存格存有 {found}，卻顯示為 {shown}：其數值格式省略了位數",
        "請改用完整顯示的數值格式（例如 0），或填入真正的數值",
    ),
    "merged_number": ("數值 {found} 位於合併儲存格 {range}，無法判斷屬於哪一格", "請取消合併，並將數值填入所屬儲存格"),
    "not_a_workbook": ("無法以活頁簿讀取：{problem}", "請重新存成 .xlsx，或存成 CSV"),
    "workbook_unpacked": ("解壓縮後有 {size} 位元組，上限為 {largest}", "請將該工作表存成單獨的檔案，或存成 CSV"),
    "workbook_too_large": ("工作表有 {rows} 列 {columns} 欄，上限為 {largest} 格", "請刪除表格之後的列與欄，再存檔"),
    "no_such_sheet": ("沒有工作表「{found}」", "請選擇：{names}"),
    "hidden_cells": (
        "工作表中隱藏的列與欄，照樣讀取（{number}）：{names}",
        "若不應計入，請刪除，或以 --where 選取要讀取的列",
    ),
    "only_sheet": ("讀取工作表「{name}」，共有：{names}", "若要讀取其他工作表，請以 --sheet 指定"),
    "several_sheets": (
        "有多個工作表含有表格：{names}",
        "請以 --sheet 指定要讀取的工作表，可重複指定；全部讀取請用 --sheet '*'",
    ),
    "workbook_encrypted": ("檔案已加密", "請取消密碼後再存檔"),
    "workbook_xlsb": ("這是二進位活頁簿（.xlsb）", "請另存為 .xlsx"),
    "workbook_too_full": (
        "儲存格超過 {largest} 格，或文字過長，與檔案大小不符",
        "請刪除表格以外的內容，再存成 .xlsx 或 CSV",
    ),
    "json_syntax": ("不是 JSON：{problem}", "請每列寫一個物件"),
    "json_keys": ("各物件共有 {found} 種鍵，上限為 {most}", "各物件請用相同的鍵"),
    "json_no_object": ("不是物件，應每列一個物件", "請以 indicator、year、value、unit 為鍵"),
    "json_value": ("「{name}」是{kind}，應為文字或數字", "請填文字、數字或 null"),
    "sdmx_no_indicator": (
        "此 SDMX-CSV 沒有任何欄位是計畫的指標，已檢查：{names}",
        "請將該欄命名為 INDICATOR，或在其中使用計畫的指標代碼",
    ),
    "sdmx_indicators": ("此 SDMX-CSV 有多個欄位是計畫的指標：{names}", "請將正確的一欄改名為 INDICATOR"),
    "sdmx_delete": ("ACTION D 表示刪除觀測值，應只有資料", "請刪除此列"),
    "unit_mult": ("UNIT_MULT「{found}」不是十的次方", "請填整數，例如百萬為 6"),
    "unit_mult_twice": ("「{value}」、單位「{unit}」與 UNIT_MULT {power} 重複計算倍數", "倍數請只寫在一處"),
    "bound": ("無法辨識的 bound「{found}」", "請填其一：{choices}，或留空"),
    # Data packages
    "not_a_descriptor": ("不是資料套件的描述檔：{problem}", "請修正；格式見 https://datapackage.org"),
    "no_observations": (
        "沒有名為 observations 的資源，也不是只有一個資源；現有：{names}",
        "請以 --actuals 指定含有觀測值的檔案",
    ),
    "path_leaves_package": ("「{path}」不是資料套件內檔案的路徑", "請以 --actuals 直接指定該檔案"),
    # Files that are made
    "not_a_plan_sheet": (
        "不是指標清單，欄位為：{found}",
        "欄位請命名為「指標」「單位」「方向」「目標值」「目標年度」，每項指標一列",
    ),
    "columns_not_placed": ("未放入計畫的欄位：{names}", "若不屬於計畫，無須處理"),
    "row_not_placed": ("「{indicator}」在計畫中列為註解：{problem}", "請在該處更正，並刪除 #"),
    "already_there": ("檔案已存在", "請指定其他檔案，或先刪除此檔案；程式絕不覆寫"),
    "folder_not_empty": ("資料夾不是空的", "請指定新的或空的資料夾；程式絕不覆寫"),
    "cannot_create": ("無法建立：{problem}", "請檢查路徑與權限，或改用其他位置"),
    "no_year_to_follow": ("沒有觀測值可推知年度", "請以 --year 指定"),
    # Exports
    "needs_to": ("{option} 用於匯出，但沒有 --to", "請加上 --to，可選擇：{choices}"),
    "not_with_to": ("{option} 不能與 --to {to} 併用", "請不加 {option} 再執行一次"),
    "no_place": ("--to {to} 未指定寫入位置", "請指定：smartkpi export --to {to} PATH"),
    "two_places": ("「{first}」與 --output「{second}」都指定了寫入位置", "請刪除其中之一"),
    "sdmx_dimension": ("維度「{name}」在 SDMX-CSV 中會與另一欄同名", "請在計畫與實際值檔案中為維度換一個名稱"),
    "sdmx_id": (
        "維度「{name}」不符合 SDMX 的代碼規則，部分工具會拒收檔案",
        "為保險起見，請改名，只用 A-Z、0-9、_、@、$ 與 -",
    ),
    "folder_to_stdout": ("資料套件是資料夾，無法寫到標準輸出", "請指定資料夾"),
    "folder_in_use": (
        "資料夾不是空的",
        "請指定新的或空的資料夾；加上 --force 則只取代資料套件的檔案，其他檔案不動",
    ),
    "folder_has_actuals": ("資料夾另有實際值檔案，會與資料套件的一併讀取：{names}", "請指定其他資料夾"),
    "binary_on_terminal": ("活頁簿無法顯示於終端機", "請以 --output 指定檔案，或以 | 傳給其他程式"),
    "excel_cell": (
        "工作表 {sheet} 第 {row} 列的 {name} 有 {found} 個字元，Excel 儲存格上限為 {most}",
        "請縮短文字，或改用 --to datapackage",
    ),
    "excel_rows": (
        "工作表 {sheet} 有 {found} 列，Excel 工作表上限為 {most}",
        "請以 -k 選擇較少的指標，或改用 --to datapackage",
    ),
    # Limits
    "out_of_memory": ("記憶體不足", "請減少一次讀取的檔案，或縮小檔案"),
    "more_faults": ("發現 {number} 個錯誤後停止讀取", "請先修正這些錯誤，再執行一次"),
    "too_many_dimensions": ("{table} {key} 有 {found} 個名稱，上限為 {most}", "請刪除不用於區分指標的欄位名稱"),
    "too_many_columns": ("有 {found} 欄，上限為 {most}", "請將觀測值改為一列一筆"),
    "line_too_long": ("有一行超過 {most} 個字元", "請確認檔案為表格，且各列之間有換行"),
    # Series
    "summary_of_years": ("--summarise 只適用於單一年份", "請指定一個年份，例如 --year 2022"),
    "unknown_dimension": ("計畫沒有維度「{found}」", "請選擇：{choices}"),
    "no_dimensions": ("計畫沒有維度「{found}」", "請加入計畫檔 [plan] 的 dimensions"),
    "no_such_series": ("沒有數列的 {name} 為「{found}」", "最接近的值為 {near}"),
    # Frames
    "precision": ("精確度「{found}」不是 0 以上的數字", "請填最末一位印出數字的一半單位，或留空"),
    "value_not_finite": ("{found} 不是有限的數字", "缺值請填 NaN 或 None"),
    "more_of_a_kind": ("與上列 {number} 項為同一類錯誤", "請先修正上列各項，再執行一次"),
    "column_type": ("欄位「{name}」的內容是 {kind}，此處無法讀取", "請改存為文字，年度與數值可存為數字"),
    "long_text": ("欄位「{name}」有超過 {most} 位元組的文字", "請縮短；名稱、單位與備註都不會這麼長"),
    "not_parquet": ("不是 Parquet 檔：{problem}", "請以 pandas 或 pyarrow 重新存檔"),
    "needs_package": (
        "需要 {package}，但尚未安裝",
        "請安裝於 smartkpi 的環境：pip install {package}、uv pip install {package} 或 pipx inject smartkpi {package}",
    ),
    # Use
    "not_an_interval": ("{found} % 的區間無法計算", "請填 0 與 100 之間的數字，例如 80"),
    "not_a_condition": ("{table} 的 {key} 為「{found}」，不是條件", "請寫成「欄位=值」"),
    "unknown_indicator_of_file": (
        "沒有檔案「{named}」，等號前的「{found}」也不是計畫中的指標",
        "請寫成「指標代碼=檔案」，代碼例如 {near}",
    ),
    "unknown_encoding": ("沒有編碼「{found}」", "請填編碼名稱，例如 utf-8、utf-16 或 cp950"),
    "rule_removed": (
        "已取消規則「{found}」：原先只採用其門檻，未採用其基準與分數，並非該方法",
        "請用 linear；在計畫的 [rule] 中設 on_track = 1.0、lagging = 0.5，判定相同",
    ),
    "rule_renamed": ("規則「{found}」已改稱 {name}，並採用完整方法", "請寫 {name}"),
    "rule_changed": ("eurostat 現以最新數值之前五年為基準", "原來的算法請用 compound"),
    "unknown_rule": ("沒有規則「{found}」", "請選擇：{choices}"),
    "no_statuses": (
        "沒有欄位：{names}；現有：{found}",
        "請指定 smartkpi status -f csv 或 -f json 寫出的檔案，或指定年份",
    ),
    "unknown_status": ("沒有狀態「{found}」", "請填下列之一或多項：{choices}"),
    "assumption": ("無法辨識 --assume「{found}」", "請寫成 {form}，可加單位，例如 2023:70 或 2023:62000 億元"),
    "assumed_twice": ("--assume「{found}」與另一項 --assume 為同一年度", "請刪除其中一項"),
    "unknown_level": ("沒有層級「{found}」", "請選擇：{choices}"),
    "unknown_indicator_asked": ("計畫中沒有指標「{found}」", "請填計畫中的指標代碼，例如 {near}"),
    "several_indicators_asked": ("「{found}」符合多項指標：{ids}", "請填寫其中一項的代碼"),
    "group_without_summary": ("--group 用於彙整，缺少 --summarise", "請加上 --summarise"),
    "weights_missing": (
        "{all} 項指標中有 {number} 項未設權重，以其他指標的平均 {mean} 計",
        "請在計畫中補上權重，或全部不設",
    ),
    "unknown_owner": ("所選指標中，沒有主辦機關為「{found}」者", "請填寫主辦機關，例如 {near}，或加上 --level all"),
    "format_and_suffix": ("--format {format} 與檔名結尾 {suffix} 不符", "請只指定其中之一，或更改檔名"),
    "suffix_without_format": ("此處不能產生 {suffix} 檔", "檔名請以下列之一結尾：{choices}"),
    "unknown_field": ("沒有欄位「{found}」", "請填下列之一或多項：{choices}"),
    "no_such_schema": ("{found} 沒有 {form}", "請選擇有此形式的：{choices}"),
    "needs_both": ("{first} 與 {second} 只給了其中一個", "請兩者都給，或都不給"),
    "not_in_words": ("{option} 的值「{found}」無法辨識", "請比照此格式：{example}"),
    # Report
    "no_browser": (
        "PDF 須由 Chromium 系列瀏覽器列印，但找不到瀏覽器",
        "請安裝 Chromium、Chrome 或 Edge，或以 SMARTKPI_CHROMIUM 指定其檔案；亦可改存 .html 再列印",
    ),
    "browser_failed": ("瀏覽器未能列印網頁（{problem}）", "請改存 .html 再列印"),
    "no_chinese_font": (
        "製作 PNG 需要中文字型，但找不到",
        "請安裝中文字型，例如 Noto Sans CJK（套件 fonts-noto-cjk），或改存 .svg",
    ),
    # Completion
    "no_completion": ("沒有適用於 shell「{found}」的自動補齊", "請在下列任一 shell 中執行：{shells}"),
    "no_shell": (
        "無法得知這是從哪一種 shell 執行",
        "請在下列任一 shell 中執行：{shells}；或將腳本寫入檔案：_SMARTKPI_COMPLETE=source_bash smartkpi",
    ),
}
