"""Arrays in, arrays out: series, formulas, rules, assessment, projection."""
