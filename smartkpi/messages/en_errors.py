"""Error messages and remarks, each with its cure, in English."""

from __future__ import annotations

_COLUMN_CURE = (
    "add it: the columns indicator, year, value and unit are required, and one for each dimension of the plan"
)

ERRORS: dict[str, tuple[str, str]] = {
    # Files
    "no_such_file": ("there is no such file", "check the spelling of the path, and the folder that it starts from"),
    "no_such_folder": ("there is no such folder", "name a folder with targets.toml and actuals/ in --data"),
    "no_actuals_folder": (
        "there is no such folder",
        "make the folder and put files of actuals there, or name files with --actuals",
    ),
    "no_actuals_yet": ("there are no actuals yet", "fill in what `smartkpi template --year Y` writes"),
    "no_actuals": ("no actuals files ({kinds}) are in this folder", "put a file there, or name files with --actuals"),
    "is_a_folder": ("this is a folder, expected a file", "name a file in it"),
    "cannot_read": ("cannot be read: {problem}", "check the path and the permission to read it"),
    "cannot_write": ("cannot be written: {problem}", "choose another place with --output"),
    "too_large": (
        "the observations take about {needed} bytes of memory, more than the limit of {limit}",
        (
            "raise --memory-limit, or let status or project write a .parquet, .csv or .tsv file part by part: "
            "from Parquet files alone, without --by, --sort, --top, --summarise and --assume"
        ),
    ),
    "not_by_parts": (
        "column '{name}' holds texts that only all rows together explain, and they do not fit into the memory limit",
        "write years as whole numbers and values as numbers, or raise --memory-limit",
    ),
    "too_many_values": (
        "the dimensions have more than {number} values, which do not fit into the memory limit",
        "raise --memory-limit",
    ),
    "series_too_long": (
        "a series has about {number} rows, which do not fit into the memory limit",
        "delete rows that repeat others, or raise --memory-limit",
    ),
    "file_too_large": ("has more than {largest} bytes", "split the file into smaller ones"),
    "not_text": (
        "byte {byte}, number {position} of the file, is not text in {tried}",
        "save the file as UTF-8, or name its encoding with --encoding; these fit: {names}",
    ),
    "encoding_used": ("was read as {encoding}, because it is not UTF-8", "save the file as UTF-8 to be sure"),
    # Plan
    "plan_not_utf8": ("byte {byte:#04x} is not UTF-8", "save the plan as UTF-8"),
    "toml_syntax": ("is not TOML, column {column}: {problem}", "correct the line; https://toml.io describes TOML"),
    "toml_limits": ("the TOML cannot be read: {problem}", "use fewer tables inside tables, and shorter numbers"),
    "unknown_key": ("{table} has the unknown key '{key}'", "delete it, or write a known key: {near}"),
    "missing_key": ("{table} has no key '{key}', which is required", "add a line that begins with {key} ="),
    "wrong_type": ("{table} {key} is {found}, expected {expected}", "write {expected}"),
    "not_a_choice": ("{table} {key} is '{found}', expected one of: {choices}", "write one of them"),
    "not_a_year": ("{table} {key} is {found}, expected a year", "write a year from {first} to {last}"),
    "not_names": ("{table} {key} is {found}, expected names", 'write a name, or several like ["A", "B"]'),
    "negative_weight": ("{table} weight is {found}, expected 0 or more", "write a number such as 25"),
    "not_finite": ("{table} {key} is {found}, expected a finite number", "write a number such as 6.5"),
    "not_in_range": (
        "{table} {key} is {found}, expected {least} to {most}",
        "write a whole number from {least} to {most}",
    ),
    "empty_text": ("{table} {key} is empty, expected text", "write the text between the quotes"),
    "empty_table": ("[{key}] is empty, expected at least one table", "add one, such as [{key}.my_id]"),
    "empty_id": ("{table} has an entry whose id is empty", "write an id between the quotes"),
    "control_character": (
        "{table} has the name '{found}', which has a control character",
        "delete the character that is shown as \\x or \\u, or type the name again",
    ),
    "empty_title": ("{table} title is empty", "write a title in en or zh-TW"),
    "thresholds_out_of_order": (
        "{table} thresholds are {found}, expected on_track > lagging > off_track",
        "write the largest number for on_track and the smallest for off_track",
    ),
    "base_after_target": (
        "{table} base_year {base_year} is after target_year {target_year}",
        "write a base_year that is not after {target_year}, or delete it",
    ),
    "milestone_not_a_year": ("{table} has the key '{key}', expected a year", "write milestones like {{ 2023 = 6.0 }}"),
    "milestone_after_target": (
        "{table} has a milestone in or after the target year {target_year}",
        "delete that milestone, or give it a year before {target_year}",
    ),
    "bounds_not_a_pair": (
        "{table} bounds are [{found}], expected [low, high]",
        "write two numbers, the smaller one first, or [] for none",
    ),
    "outside_bounds": (
        "{table} {key} is {found}, outside its bounds {low} to {high}",
        "correct the number, or the bounds of the indicator",
    ),
    "plan_unknown_unit": (
        "{table} unit '{unit}' is not known",
        "write a known unit, such as {near}, or declare it: [units.{name}]; `smartkpi units` lists all",
    ),
    "plan_unit_of_changes": ("{table} unit '{unit}' is for changes, not for values", "write %"),
    "unit_name": (
        "{table} is not a name that a unit can have",
        "give it another name: up to 80 characters, not only digits, unlike the other units in more than case",
    ),
    "unit_not_own": ("{table}: '{found}' means a share everywhere", "give the unit another name than {never}"),
    "unit_size": ("{table} size {found} is not greater than 0", "write how many of `measures` one of it is"),
    "unit_equals_and_more": (
        "{table} has equals beside measures or size",
        'write either equals = "200 kg", or measures and size',
    ),
    "unit_equals": ("{table} equals '{found}' is not a number of a known unit", 'write for instance equals = "200 kg"'),
    "target_not_a_quantity": (
        "{table} {key} '{found}' is not a quantity in {unit}",
        "write a number, or a number with a unit such as 6.5 {unit}",
    ),
    "target_dimension": (
        "{table} {key} is in '{found}' ({dimension}), which does not fit its unit {unit}",
        "write it in {unit}",
    ),
    "not_a_dimension": (
        "{table} dimensions has '{found}', expected different names, and none of: {reserved}",
        "choose another name",
    ),
    "dimension_of_results": (
        "{table} dimensions has '{found}', which is a column of the results",
        "give the dimension another name, here and in the actuals, such as {found}_of_series",
    ),
    "repeated_series_target": (
        "{table} entry {number} has the same 'where' and 'since' as an earlier one",
        "delete one of the two entries, or change its 'where' or 'since'",
    ),
    "where_or_since": (
        "{table} entry {number} has neither 'where' nor 'since'",
        'say for which series it is, such as where = {{ area = "..." }}, or since which year, such as since = 2023',
    ),
    "change_or_times": ("{table} expected one of the keys 'change' and 'times'", "write one of the two"),
    "times_not_positive": ("{table} times is {found}, expected a number above 0", "write a number such as 2"),
    "not_a_change": (
        "{table} change is '{found}', expected a sign, a number and a unit",
        'write it like "-55 %" for a share of the value, or "+20 pp" for percentage points, or in {unit}',
    ),
    "range_needed": (
        "{table} target is {found}, expected a range because direction is within",
        "write it like [40, 45]",
    ),
    "range_without_within": ("{table} target is a range, but direction is not within", 'write direction = "within"'),
    "not_a_range": ("{table} target is [{found}], expected [low, high]", "write two numbers, the smaller one first"),
    "not_with_range": ("{table} {key} cannot be used with a range as target", "delete {key}"),
    "base_without_year": ("{table} base has no base_year", "add the year of the baseline, such as base_year = 1990"),
    "not_with_total": (
        "{table} {key} cannot be used with total_since, by which the sum begins at 0",
        "delete {key} or total_since; write the target as a number",
    ),
    "total_after_target": (
        "{table} total_since {found} is after target_year {target_year}",
        "write a year that is not after {target_year}",
    ),
    "from_after_target": (
        "{table} target is relative to {found}, which is not before target_year {target_year}",
        "write a year before {target_year}",
    ),
    "base_differs": (
        "'{indicator}' is {found} in {year} here, the plan prints the base {plan}",
        "the data's value is used; correct the one that is wrong",
    ),
    "before_total": (
        "'{indicator}' has values before {year}, where its total begins; they are left out: {years}",
        "if they belong to the total, write an earlier year for total_since",
    ),
    # Actuals
    "nul_byte": ("has a NUL byte", "save the file as plain text in UTF-8"),
    "empty_file": ("is empty, expected a header line", _COLUMN_CURE),
    "unclosed_quote": (
        "a cell begins with a quote that is never closed",
        "add the closing quote; write a quote inside a cell twice",
    ),
    "not_separated_text": ("cannot be read as CSV: {problem}", "save it again as CSV"),
    "repeated_column": ("column '{name}' appears twice", "delete or rename one of the two columns"),
    "missing_column": ("has no column '{name}', found: {found}", _COLUMN_CURE),
    "columns_left_out": (
        "columns not read: {names}",
        "to split indicators by them, add their names to dimensions under [plan]; otherwise nothing needs to be done",
    ),
    "row_width": (
        "has {found} cells, expected {expected} as in the header",
        "add or delete cells until there are {expected}; put a cell that contains the separator in quotes",
    ),
    "unknown_indicator": ("unknown indicator '{found}'", "write an id of the plan, such as {near}"),
    "none_matches": (
        "none of its {number} rows is of an indicator of the plan; found: {found}; the plan has: {ids}",
        "write ids or titles of the plan; if all rows are of one of its indicators, name it with -a ID=FILE",
    ),
    "no_values": (
        "has no values, so nothing is read from it",
        "fill in values; if it has some, see how it is understood with `smartkpi validate`",
    ),
    "year": (
        "'{found}' is not a year: {reason}{understood}",
        "write a year of four digits, such as 2022; with --calendar roc, 111 is one too",
    ),
    "years": ("years of both calendars appear in this file{understood}", "write all years of a file in one calendar"),
    "fiscal_year": (
        "'{found}' is a fiscal year, and either of its two years may count",
        "add --fiscal-year start or --fiscal-year end, or fiscal_year under [plan]",
    ),
    "month_or_fiscal": (
        "'{found}' may be a month or a fiscal year",
        "add --period month, or --fiscal-year start or end",
    ),
    "part_of_year": (
        "'{found}' is a part of a year, and nothing says how parts of '{indicator}' make a year",
        'add aggregate = "sum", "mean" or "last" to [indicators.{indicator}] in the plan',
    ),
    "mixed_parts": (
        "'{indicator}' has parts of {year} of different lengths: {kinds}",
        "leave parts of one length, such as four quarters",
    ),
    "parts_too_large": (
        "'{indicator}' has parts of {year} whose sum is beyond the numbers of a computer",
        "correct the values, or write them in a larger unit",
    ),
    "total_too_large": (
        "'{indicator}' has amounts up to {year} whose sum is beyond the numbers of a computer",
        "correct the values, or write them in a larger unit",
    ),
    "part_of_year_only": (
        "'{indicator}' has {there} of {all} parts of {year}, so it is not judged as a whole year",
        "add the missing parts when they are there; until then nothing needs to be done",
    ),
    "aggregate_differs": (
        "'{indicator}' is {found} {unit} in {year} here, its parts make {made}",
        "the value of the year is used; correct the one that is wrong",
    ),
    "obs_status": ("obs_status '{found}' is not known", "write one of the SDMX codes (CL_OBS_STATUS): {codes}"),
    "missing_dimension": (
        "the dimension '{name}' is empty",
        "write its value; for a total, write the name of the total",
    ),
    "value": (
        "'{found}' is not a value: {reason}{understood}",
        "write one number, with its unit if you like; if it means that there is no value, add --missing TEXT",
    ),
    "value_separators": (
        "'{found}' is not a value: {reason}{understood}",
        "write it like 1234.5; if commas are decimal marks, add --decimal ,",
    ),
    "decimal_mark": (
        "'{found}' may be {first} or {second}: nothing in this file says which mark is the decimal one",
        "add --decimal , or --decimal .",
    ),
    "decimal_not_comma": ("'{found}' has no decimal comma", "correct the number, or add --decimal ."),
    "accounting": ("'{found}': is this {negative}?", "if it is, add --accounting; if not, write the number alone"),
    "mark_or_unit": (
        "'{found}' may be {number} with the mark '{mark}', or {number} in a unit '{mark}'",
        "write a mark in brackets, as in {number} ({mark}), or in a column obs_status; write a unit in full",
    ),
    "mark_not_applicable": (
        "'{found}' says that there can be no value, and there is one",
        "delete the value or the mark",
    ),
    "no_data_cell": ("{number} cell says 'no data': {marks}, in {places}", "if the mark means 0, name it with --zero"),
    "no_data_cells": (
        "{number} cells say 'no data': {marks}; the first are in {places}",
        "if a mark means 0, name it with --zero",
    ),
    "dash_in_counts": (
        "'{found}' among counts was read as no data, in {places} (cells: {number})",
        "--zero {found} reads it as 0",
    ),
    "status_words": (
        "words that are no status of an observation, not read: {words}",
        "for statuses of observations, name the column obs_status",
    ),
    "formula": (
        "'{found}' is a formula that no program has calculated yet",
        "open the file in Excel or LibreOffice and save it again, so that it holds the result",
    ),
    "texts_of_latest": (
        "columns beside several years that say nothing of which, taken for the latest year with a value: {names}",
        "name the year in the header, as in 2024 reason for deviation, if it is another one",
    ),
    "jump": (
        "'{indicator}' is {first} in {first_place} and {second} in {second_place}, {times} times as much or as little",
        "check units and multiples; if both are right, nothing needs to be done",
    ),
    "year_to_come": (
        "'{indicator}' has a value of {year}, which is still to come; values of years to come: {number}",
        "if it is a forecast, mark it F in obs_status; otherwise correct the year",
    ),
    "more_jumps": ("{number} more values that jump by 100 times or more", "look at them in the file"),
    "doubtful_encoding": (
        "byte {byte}, number {position} of the file, is not UTF-8; as cp950 the text has rare characters only",
        "name the encoding with --encoding; these fit: {names}",
    ),
    "missing_indicator": (
        "has no column 'indicator', and none called after an indicator of the plan ({ids}); found: {found}",
        "add it; if all rows are of one indicator, name it with -a ID=FILE",
    ),
    "missing_unit": (
        "has no column '{name}', found: {found}",
        "add it, or the unit in the header, as in value (%); or add --units-from-plan",
    ),
    "units_differ": (
        "the unit columns '{first}' and '{second}' say '{first_unit}' and '{second_unit}'",
        "choose the rows of one with --where, or delete the wrong column",
    ),
    "columns_differ": (
        "the columns '{first}' and '{second}' say '{first_text}' and '{second_text}'",
        "correct the wrong one",
    ),
    "no_unit": (
        "'{found}' has no unit",
        "write the unit in the column unit or after the number, or add --units-from-plan",
    ),
    "unknown_unit": (
        "unit '{unit}' is not known",
        "write a known unit, such as {near}, or declare it in the plan: [units.{name}]",
    ),
    "unit_of_changes": ("unit '{unit}' is for changes, not for values", "write %"),
    "unit_dimension": (
        "unit '{unit}' ({dimension}) does not fit '{indicator}', which is in {expected}",
        "give the value in {expected} or another unit of {expected_dimension}, or leave such rows out with --where",
    ),
    "two_units": ("'{value}' and the unit cell '{unit}' name different units", "delete the wrong one of the two units"),
    "two_multipliers": (
        "'{value}' and the unit cell '{unit}' both have a multiple",
        "delete the multiple from one of the two cells",
    ),
    "actual_outside_bounds": (
        "{found} {unit} is outside the bounds {low} to {high}",
        "correct the value, or the bounds in the plan",
    ),
    "rows_above": (
        "the table begins here; rows above it that are not read ({number}): {names}",
        "if the header is another row, say how many lines are before it with --skip-lines",
    ),
    "rows_below": (
        "rows below the data that are notes and not read ({number}): {names}",
        "if they are data, write them with all their columns",
    ),
    "nameless_column": (
        "'{found}' is in column {number}, which has no name",
        "write a name into the header, or empty the column",
    ),
    "words_under_year": (
        "below {year} are columns of: {words}",
        "call them Actual (實績) and Target (目標); if they are values of a dimension, declare it in the plan",
    ),
    "rates_left_out": (
        "columns that can be computed from target and actual, not read: {names}",
        "nothing needs to be done; --strict makes it an error",
    ),
    "figures_left_out": (
        "columns with figures, not read, since they name neither a year nor an indicator: {names}",
        "name them so if they should be read; --strict makes it an error",
    ),
    "period_column": (
        "the column '{name}' divides years, which is not read in Parquet",
        "write year and part in one column, such as 2022-Q3, or choose one part with --where",
    ),
    "rows_of_targets": (
        "rows that column '{name}' calls '{found}' and the like are no actuals, not read: {number}",
        "if they are actuals, choose them with --where",
    ),
    "second_header": (
        "a second header below the first: {found}",
        "put the tables into files or sheets of their own, or side by side into one",
    ),
    "figures_above": (
        "cells with figures above the header, not read ({number}); the first is '{found}'",
        "if the header is another row, say how many lines are before it with --skip-lines",
    ),
    "figures_below": (
        "cells with figures in notes below the data, not read ({number}); the first is '{found}'",
        "if they are data, write them with all their columns, and no 'Note:' before them",
    ),
    "attainment_differs": (
        "'{indicator}' has '{name}' {found} here, but {actual} by {target} is {share} %",
        "correct the one that is wrong; the attainment is computed from actual and target",
    ),
    "other_indicator": (
        "'{found}' is another indicator than {indicator}, of which the file is said to be",
        "give the file without ID=, or under its own indicator",
    ),
    "where_no_column": (
        "has no column '{name}', so all its rows are read",
        "if it should be filtered too, name a column that it has",
    ),
    "where_leaves_none": (
        "--where leaves out all rows; the values of column '{name}' are: {values}",
        "write one of them",
    ),
    "where_left_out": ("{number} of {rows} rows are left out by --where", "nothing needs to be done"),
    "where_unknown": (
        "no file has a column '{name}', and it is not a dimension of the plan",
        "write the name as the files do, such as {near}",
    ),
    "not_a_table": (
        "is a file of the format {format}, which is not read",
        "save the data as CSV or as a workbook, with a header row",
    ),
    "rows_twice": ("{number} rows are there twice and count once: {places}", "delete the second ones"),
    "value_replaced": (
        "{old} for '{indicator}' {year} gives way to the newer {new} in {place}",
        "nothing needs to be done",
    ),
    "not_open_sdg": (
        "is not a data repository of Open SDG: it has no folders meta and data",
        "name the folder of a checkout",
    ),
    "open_sdg_no_targets": (
        "no indicator has a numeric target and data",
        "write targets into progress_calculation_options of its metadata",
    ),
    "open_sdg_metadata": ("the metadata cannot be read: {problem}", "correct the file"),
    "open_sdg_without_target": (
        "{number} indicators have no numeric target and are left out: {names}",
        "to take them over, write a target into their progress_calculation_options",
    ),
    "open_sdg_rows": (
        "{number} rows have no year or no number and are left out, in lines {lines}",
        "write one year and one number in each row",
    ),
    "open_sdg_periods": (
        "{number} rows are of years such as 2014/2015, of which the first counts",
        "if another one should count, change the years in the files that are made",
    ),
    "open_sdg_unclear": (
        "'{name}' is left out: no rows, or several units: {units}",
        "name series and unit in progress_calculation_options",
    ),
    "open_sdg_twice": (
        "{number} series have two values for one year and are left out: {names}",
        "delete one of the two rows",
    ),
    "duplicate": ("'{indicator}' has a second value for {year}, the first is in {first}", "delete one of the two rows"),
    "duplicate_differs": (
        "'{indicator}' has a second value for {year}, the first is in {first}; the rows differ in {columns}",
        "choose rows with --where '{condition}' (values there: {values}), or make the column a dimension of the plan",
    ),
    "more_duplicates": (
        "from here on {number} more second values in rows that differ in '{column}'",
        "choose rows as above",
    ),
    # Shapes of actuals
    "no_header": (
        "no column of this header is known: {found}",
        "name the columns indicator, year, value, unit, or 指標, 年度, 數值, 單位, cut by comma, semicolon or tab",
    ),
    "utf16": ("is UTF-16, expected UTF-8", "add --encoding utf-16, or save the file as UTF-8"),
    "same_meaning": ("columns '{first}' and '{second}' both mean {meaning}", "delete or rename one of the two columns"),
    "header_words": (
        "the header '{name}' has '{words}', which is neither a unit nor a year",
        "replace it by the unit, as in value (EUR million), or delete it",
    ),
    "calendar_of_header": (
        "the header '{name}' names another calendar than --calendar",
        "run it again without --calendar",
    ),
    "ambiguous_indicator": (
        "'{found}' is the title of several indicators: {ids}",
        "write one of these ids instead of the title",
    ),
    "title_of_another": (
        "'{indicator}' is in one row with '{title}', the title of {other}",
        "write the id and the title of the same indicator, or delete one of the two",
    ),
    "unit_of_header": ("unit '{unit}' is not that of the header, '{header}'", "delete the wrong one of the two units"),
    "row_left_out": ("'{found}' matches no indicator of the plan", "write an id or title of the plan"),
    "rows_left_out": (
        "rows that match no indicator, not read ({number}): {names}",
        "if they should be read, write an id or title of the plan; to make this an error, add --strict",
    ),
    "headings_left_out": (
        "rows without values that match no indicator ({number}): {names}",
        "if they are headings, nothing needs to be done",
    ),
    "target_differs": (
        "'{indicator}' has the target {found} for {year} here, the plan has {plan} for {plan_year}",
        "the plan's target is used; correct the one that is wrong",
    ),
    "more_targets_differ": ("{number} more targets that differ from the plan's", "look at them in the file"),
    "more_attainments_differ": (
        "{number} more attainments that differ from actual by target",
        "look at them in the file",
    ),
    "percent_cell": (
        "the number {found} in a workbook may be {found} % or a share of 1 shown as a percentage",
        "write a number above 1, such as 85, or text with its sign, such as '0.5%, or the unit fraction",
    ),
    "scaled_cell": (
        "the cell holds {found} and shows {shown}: its number format leaves digits out",
        "give the cell a format that shows what it holds, such as 0, or write the number that is meant",
    ),
    "merged_number": (
        "the number {found} is in the merged cells {range}, and nobody can say for which of them it counts",
        "split the merged cells, and write the number where it belongs",
    ),
    "not_a_workbook": ("cannot be read as a workbook: {problem}", "save it again as .xlsx, or as CSV"),
    "workbook_unpacked": (
        "has {size} bytes when unpacked, the most is {largest}",
        "save the sheet in a file of its own, or as CSV",
    ),
    "workbook_too_large": (
        "the sheet has {rows} rows and {columns} columns, the most is {largest} cells",
        "delete the rows and columns after the table, and save the file",
    ),
    "no_such_sheet": ("has no sheet '{found}'", "choose one of: {names}"),
    "hidden_cells": (
        "rows and columns that are hidden in the sheet, read like the others ({number}): {names}",
        "if they should not count, delete them, or name the rows that do with --where",
    ),
    "only_sheet": ("read the sheet '{name}' of: {names}", "to read another one, name it with --sheet"),
    "several_sheets": (
        "has tables in several sheets: {names}",
        "name the one to read with --sheet, repeat it for more than one, or read all with --sheet '*'",
    ),
    "workbook_encrypted": ("is encrypted", "save it without a password"),
    "workbook_xlsb": ("is a workbook in binary form (.xlsb)", "save it as .xlsx"),
    "workbook_too_full": (
        "has more than {largest} cells, or texts as long, which is more than a file of its size can hold by itself",
        "delete what is not of the table, save it again as .xlsx, or as CSV",
    ),
    "json_syntax": ("is not JSON: {problem}", "write one object on each line"),
    "json_keys": ("the objects have {found} different keys, the most is {most}", "use the same keys in every object"),
    "json_no_object": (
        "is not an object, expected one on each line",
        "write an object with the keys indicator, year, value and unit",
    ),
    "json_value": ("'{name}' is {kind}, expected text or a number", "write text, a number or null"),
    "sdmx_no_indicator": (
        "no column of this SDMX-CSV has indicators of the plan, looked at: {names}",
        "name the column INDICATOR, or write ids of the plan in one of them",
    ),
    "sdmx_indicators": (
        "several columns of this SDMX-CSV have indicators of the plan: {names}",
        "give the right one the name INDICATOR",
    ),
    "sdmx_delete": ("ACTION D deletes an observation, expected only data", "delete the row"),
    "unit_mult": ("UNIT_MULT '{found}' is not a power of ten", "write a whole number, such as 6 for millions"),
    "unit_mult_twice": (
        "'{value}', unit '{unit}' and UNIT_MULT {power} multiply more than once",
        "write the multiple in one of them only",
    ),
    "bound": ("bound '{found}' is not known", "write one of: {choices}; or leave it empty"),
    # Data packages
    "not_a_descriptor": (
        "is not a descriptor of a data package: {problem}",
        "correct it; https://datapackage.org describes the format",
    ),
    "no_observations": (
        "has no resource 'observations', and not a single other one; found: {names}",
        "name the file that has the observations with --actuals",
    ),
    "path_leaves_package": ("'{path}' is not a path to a file in the package", "name the file itself with --actuals"),
    # Files that are made
    "not_a_plan_sheet": (
        "is not a table of indicators, found the columns: {found}",
        "name the columns id, title, unit, direction, target, target_year, one row for each indicator",
    ),
    "columns_not_placed": (
        "columns not placed in the plan: {names}",
        "if they are not part of it, nothing needs to be done",
    ),
    "row_not_placed": ("'{indicator}' is a comment in the plan: {problem}", "correct it there, and delete the marks #"),
    "already_there": ("already exists", "name another file, or delete this one first; it is never overwritten"),
    "folder_not_empty": ("the folder is not empty", "name a new or an empty folder; nothing is ever overwritten"),
    "cannot_create": ("cannot be made: {problem}", "check the path and its permissions, or choose another place"),
    "no_year_to_follow": ("there are no observations that would tell the year", "name it with --year"),
    # Exports
    "needs_to": ("{option} is for an export, and --to is missing", "add --to with one of: {choices}"),
    "not_with_to": ("{option} cannot be used with --to {to}", "run it again without {option}"),
    "no_place": ("--to {to} needs a place to write to", "name it: smartkpi export --to {to} PATH"),
    "two_places": ("'{first}' and --output '{second}' both name the place to write to", "delete one of the two"),
    "sdmx_dimension": (
        "the dimension '{name}' would be a second column of that name in SDMX-CSV",
        "rename the dimension, in the plan and in the actuals",
    ),
    "sdmx_id": (
        "the dimension '{name}' is not an id of SDMX, so some tools refuse the file",
        "to be safe, rename it with A-Z, 0-9, _, @, $ and - only",
    ),
    "folder_to_stdout": ("a data package is a folder, and cannot be written to standard output", "name a folder"),
    "folder_in_use": (
        "the folder is not empty",
        "name a new or an empty folder, or add --force, which replaces the files of the package and no others",
    ),
    "folder_has_actuals": (
        "the folder has other actuals, which would be read with those of the package: {names}",
        "name another folder",
    ),
    "binary_on_terminal": (
        "a workbook cannot be shown at a terminal",
        "name a file with --output, or send it to another program with |",
    ),
    "excel_cell": (
        "sheet {sheet}, row {row}: {name} has {found} characters, a cell of Excel holds {most}",
        "shorten the text, or use --to datapackage",
    ),
    "excel_rows": (
        "sheet {sheet} has {found} rows, a sheet of Excel holds {most}",
        "choose fewer indicators with -k, or use --to datapackage",
    ),
    # Limits
    "out_of_memory": ("there is not enough memory", "read fewer or smaller files at a time"),
    "more_faults": ("reading stopped after {number} errors", "fix these first, then run it again"),
    "too_many_dimensions": (
        "{table} {key} has {found} names, the most is {most}",
        "delete the names of columns that split no indicator",
    ),
    "too_many_columns": ("has {found} columns, the most is {most}", "write observations one below the other, as rows"),
    "line_too_long": (
        "has a line of more than {most} characters",
        "check that it is a table, with line breaks between the rows",
    ),
    # Series
    "summary_of_years": ("--summarise works with one year only", "name one year, such as --year 2022"),
    "unknown_dimension": ("the plan has no dimension '{found}'", "choose one of: {choices}"),
    "no_dimensions": ("the plan has no dimension '{found}'", "add it to dimensions under [plan] in the plan file"),
    "no_such_series": ("no series has {name} '{found}'", "the nearest value is {near}"),
    # Frames
    "precision": (
        "the precision '{found}' is not a number from 0 on",
        "write half a unit of the last printed digit, or leave the cell empty",
    ),
    "value_not_finite": ("{found} is not a finite number", "where the value is missing, write NaN or None"),
    "more_of_a_kind": ("have the same kind of error as the {number} above", "fix those first, then run it again"),
    "column_type": (
        "column '{name}' holds {kind}, which cannot be read here",
        "write it as text, and years and values as numbers",
    ),
    "long_text": (
        "column '{name}' has a text of more than {most} bytes",
        "shorten it: no name, unit or note is as long",
    ),
    "not_parquet": ("is not Parquet: {problem}", "save it again with pandas or pyarrow"),
    "needs_package": (
        "needs {package}, which is not installed",
        "install it beside smartkpi: pip install {package}, uv pip install {package} or pipx inject smartkpi {package}",
    ),
    # Use
    "not_an_interval": ("an interval of {found} % cannot be computed", "write a number between 0 and 100, such as 80"),
    "not_a_condition": ("{table} {key} is '{found}', which is not a condition", "write it as COLUMN=VALUE"),
    "unknown_indicator_of_file": (
        "'{named}' is not a file, and '{found}' before the = is not an indicator of the plan",
        "write it as ID=FILE with an id of the plan, such as {near}",
    ),
    "unknown_encoding": (
        "there is no encoding '{found}'",
        "write the name of an encoding, such as utf-8, utf-16 or cp950",
    ),
    "rule_removed": (
        "the rule '{found}' was removed: it had the cut-offs of its publication, but not its base and its scores",
        "use linear; with on_track = 1.0 and lagging = 0.5 in the plan's [rule] it gives the same statuses",
    ),
    "rule_renamed": ("the rule '{found}' is now called {name}, and is the whole method", "write {name}"),
    "rule_changed": (
        "eurostat now takes the base five years before the latest value",
        "compound is what it was",
    ),
    "unknown_rule": ("there is no rule '{found}'", "choose one of: {choices}"),
    "no_statuses": (
        "has no column for: {names}; found: {found}",
        "name a file that smartkpi status -f csv or -f json has written, or a year",
    ),
    "unknown_status": ("there is no status '{found}'", "write one or more of: {choices}"),
    "assumption": (
        "--assume '{found}' is not understood",
        "write it like {form}, with a unit if you like, such as 2023:70 or 2023:70 %",
    ),
    "assumed_twice": ("--assume '{found}' is for the same year as another --assume", "delete one of the two"),
    "unknown_level": ("there is no level '{found}'", "choose one of: {choices}"),
    "unknown_indicator_asked": ("the plan has no indicator '{found}'", "write an id of the plan, such as {near}"),
    "several_indicators_asked": ("'{found}' fits several indicators: {ids}", "write the id of one of them"),
    "group_without_summary": ("--group is for summaries, and --summarise is missing", "add --summarise"),
    "weights_missing": (
        "{number} of {all} indicators have no weight; they count with the mean of the others, {mean}",
        "give them a weight in the plan, or none to any",
    ),
    "unknown_owner": (
        "no indicator asked for has the agency '{found}' in charge",
        "write one that is in charge, such as {near}, or add --level all",
    ),
    "format_and_suffix": (
        "--format {format} does not go with a file that ends in {suffix}",
        "write one of the two, or give the file another name",
    ),
    "suffix_without_format": (
        "a file that ends in {suffix} is not written here",
        "end the name with one of: {choices}",
    ),
    "unknown_field": ("there is no field '{found}'", "choose one or more of: {choices}"),
    "no_such_schema": ("{found} has no {form}", "choose one that has it: {choices}"),
    "needs_both": ("one of {first} and {second} is given without the other", "give both, or neither"),
    "not_in_words": ("{option} '{found}' is not understood", "write it like {example}"),
    # Report
    "no_browser": (
        "a PDF is printed by a Chromium browser, and none was found",
        "install Chromium, Chrome or Edge, or name its file in SMARTKPI_CHROMIUM; or write .html and print that",
    ),
    "browser_failed": ("the browser did not print the page ({problem})", "write .html and print that"),
    "no_chinese_font": (
        "a PNG needs a font with Chinese characters, and none was found",
        "install one, such as Noto Sans CJK (package fonts-noto-cjk), or write .svg",
    ),
    # Completion
    "no_completion": ("there is no completion for the shell '{found}'", "run it in one of: {shells}"),
    "no_shell": (
        "the shell in which this is run cannot be found out",
        "run it in one of: {shells}; or write the script to a file: _SMARTKPI_COMPLETE=source_bash smartkpi",
    ),
}
