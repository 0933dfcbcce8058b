"""Cells that differ in their number alone: one is read in full, and the others say what they would say alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartkpi.quantities import QuantityError, cell_reader, units
from smartkpi.quantities.cell_reader import CellReader
from smartkpi.quantities.cells import CellError, CellForms, CellValue, read_cell

BEFORE = [
    "",
    "<",
    ">= ",
    "約 ",
    "近",
    "-",
    "+",
    "US$",
    "NT$",
    "No. ",
    "第",
    "(",
    "△",
    "ca. ",
    "百分之",
    "'",
    ".",
    "約百",
]
BEHIND = [
    *("", "%", " p", " (be)", " b", "年", "月", "成", "天", "元", " 億元", "萬人", "多萬", "以上", " million", " km2"),
    *(" Mt CO2e", " kg p", "(預估值)", " (上半年)", "(1-6月)", " [1-9]", "nd", " d", " per 100,000", "人次", "^[3]"),
    *("百分點", " USD", "k", "m", "億3", "萬八", "分之一", ")", "-6", "e5", "e", ".", "*", " Q3", "兆瓦", "°C"),
]
FORMS = [
    CellForms(),
    CellForms(decimal=","),
    CellForms(doubtful=".,"),
    CellForms(accounting=True),
    CellForms(missing=frozenset({"99"}), zero=frozenset({"nil"})),
]
whole = st.one_of(st.integers(0, 120), st.integers(0, 10**16))
numbers = st.one_of(
    whole.map(str),
    st.tuples(whole, st.sampled_from(".,"), st.from_regex("[0-9]{1,6}", fullmatch=True)).map(
        lambda each: "".join(map(str, each))
    ),
    st.tuples(whole, st.sampled_from(", .'")).map(lambda each: f"{each[0]:,}".replace(",", each[1])),
    st.tuples(whole, st.sampled_from(["e", "E-", "e+"]), st.integers(0, 50)).map(lambda each: "".join(map(str, each))),
    whole.map(lambda each: str(each).translate(str.maketrans("0123456789", "０１２３４５６７８９"))),
)


def said(read: Callable[[str], CellValue | None], text: str) -> object:
    """Return what a cell says, to the last digit, or why it is refused."""
    try:
        return repr(read(text))
    except CellError as error:
        return error.key, dict(error.details)
    except QuantityError as error:
        return error.key, error.understood


@given(
    st.lists(st.sampled_from(BEFORE), max_size=2).map("".join),
    st.lists(numbers, min_size=2, max_size=6),
    st.lists(st.sampled_from(BEHIND), max_size=2).map("".join),
    st.sampled_from(FORMS),
)
def test_cells_of_one_form_say_what_each_says_alone(
    before: str, every: list[str], behind: str, forms: CellForms
) -> None:
    reader = CellReader(forms, units.named)
    for number in every:
        if text := f"{before}{number}{behind}".strip():
            assert said(reader.read, text) == said(lambda each: read_cell(each, forms, units.named), text)


COLUMNS = {
    "bounds": ("< {}", "%"), "marks": ("{}.5 p", "%"), "words": ("約 {}.25", "%"), "exponents": ("{}e-3", "%"),
    "full width": ("{}％", ""),
}  # fmt: skip


@pytest.mark.parametrize(("form", "unit"), COLUMNS.values(), ids=COLUMNS.keys())
def test_one_of_many_cells_is_read_in_full(form: str, unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    read = list[str]()

    def noted(text: str, *others: object) -> CellValue | None:
        read.append(text)
        return read_cell(text, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(cell_reader, "read_cell", noted)
    reader = CellReader(CellForms(), units.named)
    every = [reader.read(form.format(number)) for number in range(1, 101)]
    assert len(read) == 1
    assert len({str(each.quantity.number) for each in every if each}) == 100
