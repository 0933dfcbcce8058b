"""English."""

from __future__ import annotations

LABELS: dict[str, str] = {
    # Status words
    "undetermined": "undetermined",
    "achieved": "achieved",
    "missed": "missed",
    "on_track": "on track",
    "lagging": "lagging",
    "off_track": "off track",
    "reversing": "reversing",
    # Levels and directions
    "headline": "headline",
    "sector": "sector",
    "increase": "increase",
    "decrease": "decrease",
    # Evidence
    "normal": "normal",
    "low": "low",
    # Column headings of the table for people
    "heading_indicator": "Indicator",
    "heading_actual": "Actual",
    "heading_target": "Target",
    "heading_attainment": "Attained",
    "heading_required_growth": "Growth needed",
    "heading_required_change": "Change needed",
    "heading_pace": "Pace",
    "heading_status": "Status",
    "per_year": "{number}/yr",
    "percentage_points": "pp",
    "low_evidence": "(low evidence)",
    # Reasons
    "no_observation": "no observation",
    "one_observation": "one observation gives no trend",
    "no_base_observation": "no observation of the base year",
    "too_few_points": "too few consecutive years",
    "base_equals_target": "the base equals the target",
    "base_meets_target": "the base already meets the target",
    "zero_denominator": "a figure would divide by zero",
    "sign_change": "values are negative or change sign",
    "linear_pace": "compound growth is not defined, linear pace used",
    "target_year_passed": "the target year has passed without an observation of it",
    "met_then_lost": "met before, then lost",
    "not_ahead": "the target year is not ahead",
    "at_bound": "a value stands on a bound",
    "at_scenario_bound": "a scenario is cut at a bound",
    "assumed": "rests on an assumed value",
    # Summary
    "summary": "{year}: {on_track} of {all} on track",
    "summary_none": "no observations: 0 of {all} on track",
    "summary_part": "{number} {status}",
    "list_separator": ", ",
    "validated": "valid: {indicators} indicators, {observations} observations, {years}, {files} files",
    "no_years": "no years",
    "was_read": "read {file}",
    # Errors
    "error": "error",
    "warning": "note",
    "internal": "unexpected internal error: {problem}; run again with --debug and report what it prints",
    "see_help": "see {command} --help",
}

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
    "file_too_large": ("has {size} bytes, the most is {largest}", "split the file"),
    "not_text": (
        "byte {byte} is not text in {tried}",
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
    "year": ("'{found}' is no year: {understood}", "write a year such as 2022"),
    "obs_status": ("obs_status '{found}' is not known", "use a code of CL_OBS_STATUS: {codes}"),
    "missing_dimension": ("the dimension '{name}' is empty", "write its value, such as the name of the total"),
    "value": ("'{found}' is no value: {understood}", "write one number, with its unit if you like"),
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
    # Use
    "unknown_rule": ("there is no rule '{found}'", "choose one of: {choices}"),
    "unknown_level": ("there is no level '{found}'", "choose one of: {choices}"),
    "unknown_indicator_asked": ("the plan has no indicator '{found}'", "nearest known one: {near}"),
    "unknown_field": ("there is no field '{found}'", "choose from: {choices}"),
    "not_in_words": ("{option} '{found}' is not understood", "write it like {example}"),
}
