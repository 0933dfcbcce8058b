"""Coding, grouping and joining columns of any length: the quick way gives what the plain one gives."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartkpi.analysis import grouping
from smartkpi.model import arrays
from smartkpi.model.arrays import Categorical, ColumnsBuilder, Ints
from smartkpi.readers import frame_columns

TEXTS = st.sampled_from(["east", "west", "", " ", "花蓮縣", "=1+1", None])
CODES = st.sampled_from(["TW-01", "TW-02", "JP-01", "\0\0\0\0\0"])
# Runs of one text after another, and texts that alternate.
COLUMNS = st.sampled_from([TEXTS, CODES]).flatmap(
    lambda texts: st.lists(st.tuples(texts, st.integers(1, 6)), max_size=12).map(
        lambda runs: [t for t, n in runs for _ in range(n)]
    )
)


@pytest.fixture(autouse=True)
def _short_spans(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrays, "_SPAN", 3)


@pytest.mark.parametrize("dtype", ["str", "string[pyarrow]", "large_string[pyarrow]", "string[python]", "category"])
@given(texts=COLUMNS, sample=st.integers(1, 8), first=st.integers(0, 2), long=st.sampled_from([1, 1000]))
def test_texts_of_any_dtype_have_the_codes_of_plain_objects(
    texts: list[str | None], sample: int, first: int, long: int, dtype: str
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(frame_columns, "_SAMPLE", sample)
        patch.setattr(frame_columns, "_LONG", long)
        found = frame_columns.texts_of(pd.Series(texts, dtype=dtype)[first:])
    texts = texts[first:]
    plain = frame_columns.texts_of(pd.Series(texts, dtype=object))
    assert [None if code < 0 else found.values[code] for code in found.codes] == [
        None if code < 0 else plain.values[code] for code in plain.codes
    ]
    expected = [text if text and text.strip() else None for text in texts]
    assert [None if code < 0 else found.values[code] for code in found.codes] == expected


def test_texts_in_several_chunks() -> None:
    pa = pytest.importorskip("pyarrow")
    array = pd.arrays.ArrowExtensionArray(pa.chunked_array([["a", "a"], ["a", "b"], [], [None, "a"]]))
    assert frame_columns.texts_of(pd.Series(array)).codes.tolist() == [0, 0, 0, 1, -1, 0]


def keys(rows: list[tuple[int, int, int]]) -> tuple[Ints, tuple[Categorical, ...], Ints]:
    indicator, area, year = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    return indicator.astype(np.int8), (Categorical(area, tuple("abcde")),), (2000 + year).astype(np.int16)


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4), st.integers(0, 9)), max_size=30),
    st.sampled_from([1, 12, 1 << 60]),
)
def test_slots_sort_by_series_and_year(rows: list[tuple[int, int, int]], most: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grouping, "_MOST_SLOTS", most)
        slot = grouping.slots(*keys(rows))
    assert [rows[place] for place in np.argsort(slot, kind="stable")] == sorted(rows)
    assert len(set(slot.tolist())) == len(set(rows))
    order, is_distinct = grouping.ordered(slot)
    assert [rows[place] for place in order] == sorted(rows)
    assert not is_distinct or len(set(rows)) == len(rows)
    assert grouping.are_in_order(*keys(rows)) == (rows == sorted(set(rows)))
    assert grouping.are_in_order(*keys(sorted(set(rows))))


def test_many_slots_need_eight_bytes() -> None:
    year = np.array([2000, 2001], dtype=np.int16)
    wide = [Categorical(np.array([0, 70_000]), range(80_000)), Categorical(np.array([5, 6]), range(80_000))]
    slot = grouping.slots(np.array([1, 1], dtype=np.int8), wide, year)
    assert slot.dtype == np.int64
    assert slot[0] < slot[1]


def test_parts_are_joined_whatever_their_lists_of_values() -> None:
    builder, figures = ColumnsBuilder(6), np.arange(6.0)
    for first, values in ((0, ("a", None)), (2, (None, "b")), (4, ("b", "a"))):
        span = slice(first, first + 2)
        builder.put(span, {"word": Categorical(np.array([0, -1]), values), "figure": figures[span]})
    joined = builder.columns()
    assert np.array_equal(np.asarray(joined["figure"]), figures)
    assert isinstance(joined["word"], Categorical)
    assert joined["word"].cells() == ["a", None, None, "b", "b", "a"]


def test_more_values_than_a_byte_has_codes() -> None:
    builder, values = ColumnsBuilder(400), [str(number) for number in range(200)]
    for first in (0, 200):
        part = Categorical(np.arange(200)[::-1], values[first // 4 :] + values[: first // 4])
        builder.put(slice(first, first + 200), {"word": part})
    joined = builder.columns()["word"]
    assert isinstance(joined, Categorical)
    assert joined.cells() == [*values[::-1], *(values[50:] + values[:50])[::-1]]


@given(st.lists(st.integers(0, 5), max_size=12), st.integers(1, 4))
def test_codes_that_occur_in_whatever_span(codes: list[int], span: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(arrays, "_SPAN", span)
        assert arrays.occurring(np.array(codes, dtype=np.int16), 8).tolist() == sorted(set(codes))
