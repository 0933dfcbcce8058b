"""The help of the command line in Traditional Chinese as written in Taiwan, by its English text."""

from __future__ import annotations

HELP: dict[str, str] = {
    # The program, and panels
    "Attainment, required annual growth and on-track flags for the KPIs of a plan.": (
        "計算計畫各項關鍵績效指標的達成率、每年所需成長率與進度狀態。"
    ),
    "Show the version.": "顯示版本。",
    "Switch on completion in the shell this is run from: bash, zsh or fish.": (
        "在目前的 shell（bash、zsh 或 fish）啟用自動補齊。"
    ),
    "Show the completion script for the shell this is run from.": "顯示目前 shell 的自動補齊腳本。",
    "Show this message and exit.": "顯示本說明後結束。",
    "Input": "輸入",
    "Selection": "選擇",
    "Output": "輸出",
    "Reading": "讀取方式",
    "Arguments": "參數",
    "Options": "選項",
    "Commands": "命令",
    "[default: {}]": "[預設：{}]",
    "Usage: ": "用法：",
    "[OPTIONS]": "[選項]",
    "COMMAND [ARGS]...": "命令 [參數]...",
    # Commands
    "Attainment, required annual growth and on-track flag of each KPI.": (
        "各項指標的達成率、每年所需成長率與進度狀態。"
    ),
    "Where each KPI lands: scenarios, or a projection and its interval.\n\nThe projection takes three "
    "observations; with one or two there are only scenarios.": (
        "推估各項指標的結果：情境，或推估值與區間。\n\n推估須有三筆觀測值；只有一、二筆時僅列情境。"
    ),
    "One KPI year by year, with the path to its target.\n\nThe second path is the one required from now on.": (
        "逐年列出一項指標，對照其應達路徑。\n\n另一條為自目前起的所需路徑。"
    ),
    "Every figure of one KPI: formula, numbers, sources, each rule.": (
        "一項指標的每個數字：公式、代入值、出處，以及各規則的判定。"
    ),
    "Fail (exit 4) if a KPI has a status that it must not have.\n\nEach that has one gets a line, which says what "
    "it needs.": "檢查指標，有任何一項未通過即以代碼 4 結束。\n\n未通過者各列一行，並說明所需的進展。",
    "Write a page, a PDF, text, or a chart of all KPIs or of one.\n\nThe suffix of -o says which: .html, .pdf, "
    ".md, .svg, .png; -k ID makes a chart one of that KPI.": (
        "產生網頁、PDF、文字，或全部或單一指標的圖表。\n\n由 -o 的檔名結尾決定：.html、.pdf、.md、.svg、.png；加"
        "「-k 代碼」則為該指標的圖表。"
    ),
    "Each KPI in three sentences, ready to paste.\n\nThey say where it is, what the verdict rests on, what is not "
    "known, and the source.": "每項指標三句話，可直接貼入文件。\n\n包含現況、判定的佐證、尚不清楚之處與資料來源。",
    "Check plan and actuals: each problem of each file, with its line.\n\nWhere there is no error, it says how "
    "each file was understood.": (
        "檢查計畫與實際值，列出所有檔案的所有問題與行號。\n\n沒有錯誤時，說明各檔案讀成什麼內容。"
    ),
    "List the KPIs: id, title, unit, target, agency in charge.": (
        "列出計畫的指標：代碼、名稱、單位、目標值、主辦機關。"
    ),
    "Write the observations as one tidy table, with units and sources.\n\nWhat it writes reads back to the same "
    "figures. With --to it is for other tools: sdmx-csv has the observations,\ndatapackage is a folder and xlsx a "
    "workbook of results, observations and plan.": (
        "將所有觀測值匯出為一張表，附單位與來源。\n\n匯出的檔案可再讀入，數字不變。加 --to 則供其他工具使用："
        "sdmx-csv 為觀測值，datapackage 為資料夾，xlsx 為含結果、觀測值與計畫的活頁簿。"
    ),
    "Write the table to fill in for a year: each indicator with its unit.\n\nIt is CSV, or a workbook where the "
    "file ends in .xlsx. A file that is there is never overwritten. Filled in, with\nExcel or otherwise, it goes "
    "straight back in.": (
        "產生供填寫的年度表：每項指標與其單位。\n\n為 CSV；檔名結尾為 .xlsx 時則為活頁簿。絕不覆寫既有檔案。"
        "以 Excel 或其他程式填寫後，即可直接讀入。"
    ),
    "Make a folder with a commented plan and its first actuals.\n\nWith it comes the plan's JSON Schema, by which "
    "editors complete and check the plan. Nothing is ever overwritten.": (
        "建立資料夾，內含附註解的計畫與最初的實際值。\n\n並附計畫的 JSON Schema，供編輯器補齊與檢查。絕不覆寫既有檔案。"
    ),
    "List the known units, or say what a text is understood as.\n\nThose of the plan in use are among them. Units "
    "of one dimension convert; the size says by how much.": (
        "列出已知的單位，或說明一段文字讀成什麼單位。\n\n包含計畫自訂的單位。同一維度的單位可互相換算，size 為其倍數。"
    ),
    "Describe a JSON output, the plan or the actuals, for programs.\n\nA JSON Schema says what a document of "
    "`--format json` may hold, or `targets.toml`; a Frictionless Table Schema\nwhat the columns of a CSV hold.": (
        "描述 JSON 輸出、計畫或實際值的格式，供程式使用。\n\nJSON Schema 說明 `--format json` 或 `targets.toml` 的"
        "內容；Frictionless Table Schema 說明 CSV 各欄的內容。"
    ),
    # Which files
    "Folder with targets.toml and actuals/ (env SMARTKPI_DATA); else the data shipped with smartkpi.": (
        "含 targets.toml 與 actuals/ 的資料夾（環境變數 SMARTKPI_DATA）；未指定則用 smartkpi 內附的資料。"
    ),
    "Another plan file.": "另一個計畫檔。",
    "Actuals instead of the folder's: a file, folder or pattern, - is standard input; ID=PATH if all of it is of "
    "that indicator; repeatable.": (
        "取代資料夾內的實際值：檔案、資料夾或萬用字元，- 為標準輸入；全屬同一指標者寫成「代碼=路徑」；可重複。"
    ),
    "Figures that are not read are errors.": "有數字未讀取即視為錯誤。",
    # Which indicators and years
    "Indicators of this level.": "此層級的指標：headline 為總體指標，sector 為分組指標，all 為全部。",
    "This indicator, by id, title or a part of them; repeatable; overrides --level.": (
        "此指標，可填代碼、名稱或其一部分；可重複；優先於 --level。"
    ),
    "Indicators that this agency is in charge of.": "由此機關主辦的指標。",
    "Put the series of each value of this dimension together; repeatable.": "將此維度同一值的數列排在一起；可重複。",
    "Sort by this column, with a minus the greatest first; empty cells come last.": (
        "依此欄排序，加減號則由大到小；空白排在最後。"
    ),
    "The first N rows.": "前 N 列。",
    "Calculate with this observation instead of the data's of that year; repeatable.": (
        "以此假設值取代該年度的觀測值計算；可重複。"
    ),
    "As things were at the end of this year; default: the latest year in the data.": (
        "以該年底的情形判定；預設為資料中最近的年度。"
    ),
    "As things were at the end of this year, or of each year of a range; default: the latest in the data.": (
        "以該年底，或範圍內各年底的情形判定；預設為資料中最近的年度。"
    ),
    "The year to project to; default: each indicator's target year.": "推估的年度；預設為各指標的目標年。",
    "Only observations up to this year; default: all.": "只採用至該年度的觀測值；預設為全部。",
    "Probability of the interval, in percent; default: 80.": "區間的機率（百分比）；預設為 80。",
    "The indicator's id.": "指標代碼。",
    "On-track rule: compound, linear, eurostat, eurostat-long, unsd-2023, germany, trajectory, all; default: the "
    "plan's own, else compound.": (
        "判定規則：compound、linear、eurostat、eurostat-long、unsd-2023、germany、trajectory、all；預設為計畫所"
        "定，未定則為 compound。"
    ),
    "A row per indicator: series of each status, median pace, the five with the lowest pace.": (
        "每項指標一列：各狀態的數列數、進展比中位數、進展比最低的五個數列。"
    ),
    "With --summarise, a row per pillar, agency in charge or level: statuses, and the mean attainment, each "
    "capped at 100, by weight.": (
        "與 --summarise 併用，每個構面、主辦機關或層級一列：各狀態的數目與加權平均達成率，各以 100 為上限。"
    ),
    "Statuses that fail, and target_year_passed, stale, bound_undecided; +A adds to the default: "
    "off_track,reversing,missed,target_year_passed.": (
        "視為未通過的狀態，另可填 target_year_passed、stale、bound_undecided；+A 表示加入預設值："
        "off_track,reversing,missed,target_year_passed。"
    ),
    "Fail what has become worse since: the CSV or JSON of an earlier status, or the end of a year.": (
        "狀態較先前變差者視為未通過：指定先前 status 的 CSV 或 JSON，或某年底。"
    ),
    "Observations more than N years older than --year, else this calendar year, are stale: undetermined.": (
        "觀測值較 --year（未指定則為今年）早 N 年以上即為過舊，無法判定。"
    ),
    "Fail too what is lagging or worse and whose latest observation has no explanation (落後原因).": (
        "進度落後或更差，且最近一筆觀測值未填落後原因者，亦視為未通過。"
    ),
    "Memory that observations from Parquet may take, such as 2GB; default: half of the machine's, at most 4GB. "
    "With more, status and project work part by part.": (
        "Parquet 觀測值可用的記憶體，例如 2GB；預設為本機的一半，至多 4GB。超過時，status 與 project 分批計算。"
    ),
    "Evidence that a KPI needs to fail.": "佐證達此程度者，才視為未通過：low 為有限，normal 為一般。",
    # What comes out
    "Output format; default: what the suffix of --output says, else table.": (
        "輸出格式；預設依 --output 的檔名結尾，否則為 table。"
    ),
    "Output format; default: what the suffix of --output says, else csv.": (
        "輸出格式；預設依 --output 的檔名結尾，否則為 csv。"
    ),
    "Output format; default: markdown for a file ending in .md, else text.": (
        "輸出格式；檔名結尾為 .md 時預設為 markdown，否則為 text。"
    ),
    "Output format; default: by the file's ending, else text.": "輸出格式；預設依檔名結尾，否則為 text。",
    "These columns, in that order.": "只輸出這些欄位，並依此順序。",
    "File to write, whole or not at all; its suffix says the format; - is stdout.": (
        "寫入的檔案，檔名結尾決定格式；失敗時原檔案不變；- 為標準輸出。"
    ),
    "CSV for Excel: BOM, and no cell runs as a formula.": "供 Excel 使用的 CSV：加 BOM，且儲存格不會當成公式執行。",
    "Colour (NO_COLOR, FORCE_COLOR and CLICOLOR are honoured).": "顏色（遵循 NO_COLOR、FORCE_COLOR、CLICOLOR）。",
    "Only ASCII for lines and marks.": "線條與記號只用 ASCII。",
    "Language of titles and words for people (env SMARTKPI_LANG, else the locale).": (
        "名稱與文字的語言（環境變數 SMARTKPI_LANG，否則依系統語言）。"
    ),
    "No remarks on stderr.": "標準錯誤輸出不顯示說明。",
    "Say what was read.": "顯示讀取了哪些檔案。",
    "Show the traceback of an error.": "顯示錯誤的追蹤資訊。",
    "Where --to writes; - is stdout.": "--to 寫入的位置；- 為標準輸出。",
    "Write a file for other tools to PATH.": "寫入供其他工具使用的檔案。",
    "Replace the files of a data package in a folder that holds any.": "資料夾內已有資料套件時，取代其檔案。",
    # Of single commands
    "Year to fill in; default: the one after the latest in the data.": "要填寫的年度；預設為資料中最近年度的次年。",
    "Folder to make; it may exist if it is empty.": "要建立的資料夾；可為既有的空資料夾。",
    "Year of the first actuals; default: last year.": "最初實際值的年度；預設為去年。",
    "Make the plan from a spreadsheet or CSV with a row for each indicator, or from open-sdg:PATH, a checkout of "
    "a data repository of Open SDG.": (
        "由每項指標一列的試算表或 CSV 建立計畫；或指定「open-sdg:路徑」，即 Open SDG 資料庫的複本。"
    ),
    "A unit, such as 兆元, 'kt CO2e' or 'per 100,000'.": "單位，例如「兆元」、'kt CO2e'、'per 100,000'。",
    "What to describe.": "要描述的對象。",
    "table-schema for the columns of a table; default: json-schema where there is one.": (
        "table-schema 描述表的欄位；預設為 json-schema（若有）。"
    ),
}
