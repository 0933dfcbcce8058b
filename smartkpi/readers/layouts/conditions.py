"""Which rows of a table are asked for: `--where COLUMN=VALUE`, on any column of the files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from smartkpi.errors import Fault
from smartkpi.model import Plan
from smartkpi.readers.csv import Sheet
from smartkpi.readers.layouts.names import folded
from smartkpi.readers.layouts.record import Context
from smartkpi.text import nearest, shortened

_MOST_VALUES = 8
_LONGEST_VALUE = 30


def by_column(where: Sequence[str]) -> Mapping[str, list[str]]:
    """Return the values asked for by the name of their column, cut at the first ``=``.

    Examples
    --------
    >>> by_column(["Sex=", "Area=North", "Area=South"])
    {'Sex': [''], 'Area': ['North', 'South']}
    """
    values: dict[str, list[str]] = {}
    for condition in where:
        name, _, value = condition.partition("=")
        values.setdefault(name.strip(), []).append(value.strip())
    return values


def of_files(plan: Plan, where: Sequence[str]) -> Mapping[str, list[str]]:
    """Return the conditions on columns that are no dimensions of the plan: they filter rows while reading."""
    dimensions = {name for axis in plan.axes for name in (axis.name, axis.column)}
    return {name: values for name, values in by_column(where).items() if name not in dimensions}


def meeting(sheet: Sheet, context: Context) -> Sheet:
    """Return the sheet with only the rows that meet all conditions; what is left out is counted in a remark."""
    names = [cell.strip() for cell in sheet.header.cells]
    context.columns.update(filter(None, names))
    rows = sheet.rows
    for name, values in of_files(context.plan, context.options.where).items():
        place = column_of(name, names)
        if place is None:
            context.remarks.append(Fault("where_no_column", sheet.file, sheet.header.line, name=name))
            continue
        context.table.use(names[place], "where")
        before = rows
        rows = [row for row in before if place >= len(row.cells) or row.cells[place].strip() in values]
        if before and not rows:
            context.remarks.append(none_left(sheet.file, name, (row.cells[place] for row in before)))
    if len(rows) < len(sheet.rows):
        number = len(sheet.rows) - len(rows)
        if rows:
            context.remarks.append(Fault("where_left_out", sheet.file, number=number, rows=len(sheet.rows)))
        kept = {row.line for row in rows}
        context.table.leave_out("where", number, next(row.line for row in sheet.rows if row.line not in kept))
    return sheet._replace(rows=rows)


def none_left(file: str, name: str, cells: Iterable[str]) -> Fault:
    """Return a remark that a condition leaves out all rows, with the first values of its column."""
    values = list(dict.fromkeys(cell.strip() for cell in cells))
    shown = [f"'{shortened(value, _LONGEST_VALUE)}'" for value in values[:_MOST_VALUES]]
    more = ["…"] if len(values) > _MOST_VALUES else []
    return Fault("where_leaves_none", file, name=name, values=", ".join([*shown, *more]))


def column_of(name: str, names: Sequence[str]) -> int | None:
    """Return the position of a column by its name, else by its name in other letters and spaces; None without one."""
    if name in names:
        return names.index(name)
    alike = [place for place, each in enumerate(names) if folded(each) == folded(name)]
    return alike[0] if len(alike) == 1 else None


def note_unknown(context: Context) -> None:
    """Note an error for each condition on a column that no file has."""
    if not context.columns:
        return
    known = sorted(context.columns)
    for name in of_files(context.plan, context.options.where):
        if column_of(name, known) is None and not any(folded(each) == folded(name) for each in known):
            near = nearest(name, [*known, *context.plan.dimensions]) or ", ".join(known[:8])
            context.faults.append(Fault("where_unknown", None, None, name=name, near=near))
