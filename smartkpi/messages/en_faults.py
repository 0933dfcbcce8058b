"""What is wrong and what cures it, in English."""

from __future__ import annotations

_COLUMN_CURE = "the columns indicator, year, value and unit are required, and each dimension of the plan"

FAULTS: dict[str, tuple[str, str]] = {
    # Files
    "no_such_file": ("there is no such file", "check the path"),
    "no_such_folder": ("there is no such folder", "name a folder with targets.toml and actuals/ in --data"),
    "no_actuals_folder": ("there is no such folder", "put the actuals there, or name files with --actuals"),
    "no_actuals": ("no actuals files ({kinds}) are in this folder", "put a file there, or name files with --actuals"),
    "is_a_folder": ("this is a folder, a file is expected", "name a file in it"),
    "cannot_read": ("cannot be read: {problem}", "check the path and its permissions"),
    "cannot_write": ("cannot be written: {problem}", "choose another place with --output"),
    "file_too_large": ("has more than {largest} bytes", "split the file"),
    "not_text": (
        "byte {byte}, number {position} of the file, is not text in {tried}",
        "save the file as UTF-8, or name its encoding with --encoding",
    ),
    "encoding_used": ("read as {encoding}, not UTF-8", "save the file as UTF-8 to be sure"),
    # Plan
    "plan_not_utf8": ("byte {byte:#04x} is not UTF-8", "save the plan as UTF-8"),
    "toml_syntax": ("TOML syntax, column {column}: {problem}", "mend the line; see https://toml.io"),
    "toml_limits": ("the TOML cannot be read: {problem}", "nest less deeply and write shorter numbers"),
    "unknown_key": ("{table} has the unknown key '{key}'", "did you mean: {near}"),
    "missing_key": ("{table} lacks the key '{key}'", "add it"),
    "wrong_type": ("{table} {key} is {found}, expected {expected}", "write {expected}"),
    "not_a_choice": ("{table} {key} is '{found}', expected one of: {choices}", "write one of them"),
    "not_a_year": ("{table} {key} is {found}, expected a year", "write a year from {first} to {last}"),
    "not_finite": ("{table} {key} is {found}, expected a finite number", "write a number"),
    "not_in_range": ("{table} {key} is {found}, expected {least} to {most}", "write a whole number in that range"),
    "empty_title": ("{table} title is empty", "give it a title in en or zh-TW"),
    "thresholds_out_of_order": (
        "{table} thresholds run {found}, expected on_track > lagging > off_track",
        "put them in falling order",
    ),
    "base_after_target": (
        "{table} base_year {base_year} is after target_year {target_year}",
        "let the base year come first",
    ),
    "milestone_not_a_year": ("{table} has the key '{key}', expected a year", "write milestones as {{ 2023 = 6.0 }}"),
    "milestone_after_target": (
        "{table} has a milestone in or after the target year {target_year}",
        "milestones lie before the target",
    ),
    "bounds_not_a_pair": ("{table} bounds are [{found}], expected [low, high]", "write two rising numbers, or []"),
    "outside_bounds": ("{table} {key} is {found}, outside its bounds {low} to {high}", "mend the number or the bounds"),
    "plan_unknown_unit": ("{table} unit '{unit}' is not known", "nearest known unit: {near}"),
    "plan_unit_of_changes": ("{table} unit '{unit}' is for changes, not for values", "write %"),
    "target_not_a_quantity": (
        "{table} {key} '{found}' is not a quantity in {unit}",
        "write a number, or a number with a unit such as 6.5 兆元",
    ),
    "target_dimension": (
        "{table} {key} is in '{found}' ({dimension}), which does not fit its unit {unit}",
        "write it in {unit}",
    ),
    "not_a_dimension": (
        "{table} dimensions has '{found}', expected distinct names that are none of: {reserved}",
        "choose another name",
    ),
    "dimension_of_results": (
        "{table} dimensions has '{found}', which is a column of the results",
        "give the dimension another name, here and in the actuals, such as {found}_of_series",
    ),
    "repeated_series_target": ("{table} entry {number} repeats an earlier 'where'", "leave one of them"),
    # Actuals
    "nul_byte": ("has a NUL byte", "save the file as plain text in UTF-8"),
    "empty_file": ("is empty, expected a header line", _COLUMN_CURE),
    "unclosed_quote": ("a quoted cell is never closed", "close the quote, or double it inside a cell"),
    "not_separated_text": ("is not separated text: {problem}", "save it as CSV"),
    "repeated_column": ("column '{name}' stands twice", "leave one of them"),
    "missing_column": ("lacks the column '{name}', found: {found}", _COLUMN_CURE),
    "columns_left_out": ("columns not read: {names}", "declare them under plan.dimensions if they split series"),
    "row_width": ("has {found} cells, expected {expected} as in the header", "add or remove separators"),
    "unknown_indicator": ("unknown indicator '{found}'", "nearest known one: {near}"),
    "year": (
        "'{found}' is no year: {reason}{understood}",
        "write a year such as 2022, 民國111年 or, with --calendar roc, 111",
    ),
    "years": (
        "the years are of both calendars{understood}",
        "write all years of a file in one calendar",
    ),
    "obs_status": ("obs_status '{found}' is not known", "use a code of CL_OBS_STATUS: {codes}"),
    "missing_dimension": ("the dimension '{name}' is empty", "write its value, such as the name of the total"),
    "value": (
        "'{found}' is no value: {reason}{understood}",
        "write one number, with its unit if you like; leave the cell empty if there is none",
    ),
    "no_unit": ("'{found}' has no unit", "write the unit in the column unit or behind the number"),
    "unknown_unit": ("unit '{unit}' is not known", "nearest known unit: {near}"),
    "unit_of_changes": ("unit '{unit}' is for changes, not for values", "write %"),
    "unit_dimension": (
        "unit '{unit}' ({dimension}) does not fit '{indicator}', which is in {expected}",
        "give the value in {expected} or another unit of {expected_dimension}",
    ),
    "two_units": ("'{value}' and the unit cell '{unit}' name different units", "leave one of them empty"),
    "two_multipliers": ("'{value}' and the unit cell '{unit}' both multiply", "write the multiple in one of them"),
    "actual_outside_bounds": (
        "{found} {unit} is outside the bounds {low} to {high}",
        "mend the value, or the bounds in the plan",
    ),
    "duplicate": (
        "'{indicator}' has a second value for {year}, the first is in {first}",
        "leave one of the two rows",
    ),
    # Shapes of actuals
    "no_header": (
        "no column of this header is known: {found}",
        "name the columns indicator, year, value, unit, or 指標, 年度, 數值, 單位, parted by comma, semicolon or tab",
    ),
    "utf16": ("is UTF-16, expected UTF-8", "add --encoding utf-16, or save the file as UTF-8"),
    "same_meaning": ("columns '{first}' and '{second}' both mean {meaning}", "leave one of them, or rename it"),
    "header_words": (
        "the header '{name}' has '{words}', which is neither a unit nor a year",
        "write the unit there, as in value (億元), or nothing",
    ),
    "calendar_of_header": ("the header '{name}' names another calendar than --calendar", "leave --calendar out"),
    "ambiguous_indicator": ("'{found}' is the title of several indicators: {ids}", "write the id of one of them"),
    "title_of_another": (
        "'{indicator}' stands beside '{title}', the title of {other}",
        "write the id and the title of one indicator, or only one of the two",
    ),
    "unit_of_header": ("unit '{unit}' is not that of the header, '{header}'", "leave one of them"),
    "row_left_out": ("'{found}' matches no indicator of the plan", "write an id or title of the plan"),
    "rows_left_out": ("rows that match no indicator, left out: {number}", "--strict makes it an error"),
    "headings_left_out": ("rows without values that match no indicator ({number}): {names}", "headings need no change"),
    "target_differs": (
        "'{indicator}' has the target {found} for {year} here, the plan has {plan} for {plan_year}",
        "the plan's target counts; mend whichever is wrong",
    ),
    "percent_cell": (
        "the number {found} in a workbook may be {found} % or a share of 1 shown as a percentage",
        "write a number above 1, such as 85, or text with its sign, such as '0.5%, or the unit fraction",
    ),
    "no_calamine": ("is a workbook, and python-calamine is not installed", "pip install 'smartkpi[excel]'"),
    "not_a_workbook": ("cannot be read as a workbook: {problem}", "save it again as .xlsx, or as CSV"),
    "workbook_unpacked": ("has {size} bytes when unpacked, the most is {largest}", "save the sheet alone, or as CSV"),
    "workbook_too_large": (
        "the sheet has {rows} rows and {columns} columns, the most is {largest} cells",
        "delete the cells far out",
    ),
    "no_such_sheet": ("has no sheet '{found}'", "choose one of: {names}"),
    "first_sheet": ("read the first sheet, '{name}', of: {names}", "choose another with --sheet"),
    "json_syntax": ("is not JSON: {problem}", "write one object per line"),
    "json_keys": ("the objects have {found} different keys, the most is {most}", "use the same keys in every object"),
    "json_no_object": ("is no object, expected one per line", "write indicator, year, value and unit as keys"),
    "json_value": ("'{name}' is {kind}, expected text or a number", "write text, a number or null"),
    "sdmx_no_indicator": (
        "no column of this SDMX-CSV has indicators of the plan, looked at: {names}",
        "call the column INDICATOR, or use ids of the plan in one of them",
    ),
    "sdmx_indicators": (
        "several columns of this SDMX-CSV have indicators of the plan: {names}",
        "call one of them INDICATOR",
    ),
    "sdmx_delete": ("ACTION D deletes an observation, expected only data", "leave the row out"),
    "unit_mult": ("UNIT_MULT '{found}' is no power of ten", "write a whole number, such as 6 for millions"),
    "unit_mult_twice": (
        "'{value}', unit '{unit}' and UNIT_MULT {power} multiply more than once",
        "write the multiple in one place",
    ),
    "bound": ("bound '{found}' is not known", "write one of: {choices}; or leave it empty"),
    # Data packages
    "not_a_descriptor": ("is no descriptor of a data package: {problem}", "see https://datapackage.org"),
    "no_observations": (
        "has no resource 'observations', and not a single other one; found: {names}",
        "name the file that has the observations",
    ),
    "path_leaves_package": ("'{path}' is no path to a file in the package", "name the file itself with --actuals"),
    # Files that are made
    "already_there": ("is already there", "name another file, or remove this one first; it is never overwritten"),
    "folder_not_empty": ("the folder is not empty", "name a new or an empty one; nothing is ever overwritten"),
    "cannot_create": ("cannot be made: {problem}", "check the path and its permissions, or choose another place"),
    "no_year_to_follow": ("there are no observations to tell the year", "name it with --year"),
    # Exports
    "needs_to": ("{option} shapes an export, and none is asked for", "add --to with one of: {choices}"),
    "not_with_to": ("{option} does not go with --to {to}", "leave it out"),
    "no_place": ("--to {to} needs a place to write to", "name it: smartkpi export --to {to} PATH"),
    "two_places": ("'{first}' and --output '{second}' both name the place to write to", "leave one of them"),
    "sdmx_dimension": ("the dimension '{name}' cannot be a column of SDMX-CSV beside the others", "rename it"),
    "sdmx_id": ("the dimension '{name}' is no id of SDMX, which some tools refuse", "ids have A-Z, 0-9, _, @, $ and -"),
    "folder_to_stdout": ("a data package is a folder, which standard output is not", "name a folder"),
    "folder_in_use": (
        "the folder is not empty",
        "name a new or an empty one, or add --force, which replaces the files of the package and no others",
    ),
    "folder_has_actuals": (
        "the folder has other actuals, which would be read with those of the package: {names}",
        "name another folder",
    ),
    "binary_on_terminal": ("a workbook is no text to show at a terminal", "name a file, or pipe it on"),
    "excel_cell": (
        "sheet {sheet}, row {row}: {name} has {found} characters, a cell of Excel holds {most}",
        "shorten it, or use --to datapackage",
    ),
    "excel_rows": (
        "sheet {sheet} has {found} rows, Excel has {most}",
        "name indicators with -k, or use --to datapackage",
    ),
    # Limits
    "out_of_memory": ("the memory is used up", "read fewer or smaller files at a time"),
    "more_faults": ("reading ended after {number} faults", "mend these first, then run it again"),
    "too_many_dimensions": (
        "{table} {key} has {found} names, the most is {most}",
        "leave out columns that split nothing",
    ),
    "too_many_columns": ("has {found} columns, the most is {most}", "put observations into rows"),
    "line_too_long": ("has a line of more than {most} characters", "check that it is a table, with line breaks"),
    # Series
    "summary_of_years": ("--summarise is of one year", "name one year with --year"),
    "unknown_dimension": ("the plan has no dimension '{found}'", "choose from: {choices}"),
    "no_dimensions": ("the plan has no dimension '{found}'", "declare it under plan.dimensions"),
    "no_such_series": ("no series has {name} '{found}'", "nearest: {near}"),
    # Frames
    "value_not_finite": ("{found} is not a finite number", "leave the value empty where it is missing"),
    "more_of_a_kind": ("have the same kind of fault as the {number} told", "mend those first"),
    "column_type": (
        "column '{name}' holds {kind}, which cannot be read here",
        "write it as text, and years and values as numbers",
    ),
    "not_parquet": ("is not Parquet: {problem}", "write it with pandas or pyarrow"),
    "needs_extra": ("needs a package that is not installed", "pip install 'smartkpi[{extra}]'"),
    # Use
    "not_an_interval": ("an interval of {found} % holds no outcome", "write a number between 0 and 100, such as 80"),
    "unknown_encoding": ("there is no encoding '{found}'", "write it like utf-8, utf-16, cp950"),
    "unknown_rule": ("there is no rule '{found}'", "choose one of: {choices}"),
    "unknown_status": ("there is no status '{found}'", "choose from: {choices}"),
    "assumption": (
        "--assume '{found}' is not understood",
        "write it like {form}, with a unit if you like, such as 2023:70 or 2023:62000 億元",
    ),
    "assumed_twice": ("--assume '{found}' is of the same year as another one", "leave one of them"),
    "unknown_level": ("there is no level '{found}'", "choose one of: {choices}"),
    "unknown_indicator_asked": ("the plan has no indicator '{found}'", "nearest known one: {near}"),
    "unknown_field": ("there is no field '{found}'", "choose from: {choices}"),
    "no_such_schema": ("{found} has no {form}", "there is one of: {choices}"),
    "not_in_words": ("{option} '{found}' is not understood", "write it like {example}"),
    # Report
    "no_jinja2": ("the page needs jinja2, which is not installed", "pip install 'smartkpi[report]'"),
    "not_a_report": ("--output '{found}' is no kind of report", "let it end in .html for the page or .svg for a chart"),
    "one_indicator_a_picture": ("a chart shows one indicator, {found} are named", "name one with -k ID"),
    "one_series_a_picture": ("a chart shows one series, the indicator has {found}", "write the page, which shows all"),
    # Completion
    "no_completion": ("there is no completion for the shell '{found}'", "run it from one of: {shells}"),
    "no_shell": (
        "it cannot be told from which shell this is run",
        "run it from one of: {shells}; _SMARTKPI_COMPLETE=source_bash smartkpi writes a script from anywhere",
    ),
}
