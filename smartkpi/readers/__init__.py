"""All that comes in: plans, actuals in every form, data frames."""
