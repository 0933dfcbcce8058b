"""Data packages as actuals: which files are read, and which paths are refused."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from hypothesis import given
from hypothesis import strategies as st

import smartkpi as library
from smartkpi.errors import DataError
from smartkpi.readers import data_folder
from smartkpi.readers.data_package import observation_files

HEADER = "indicator,year,value,unit\n"


def package(folder: Path, *resources: Any, text: str = "") -> Path:
    """Write a descriptor, and three files of observations beside it."""
    (folder / "sub").mkdir(parents=True, exist_ok=True)
    (folder / "a.csv").write_text(HEADER + "digital_economy_size,2021,5,兆元\n", encoding="utf-8")
    (folder / "b.csv").write_text(HEADER + "digital_economy_size,2022,6,兆元\n", encoding="utf-8")
    (folder / "sub" / "a.csv").write_text(HEADER + "digital_economy_size,2022,7,兆元\n", encoding="utf-8")
    (folder / "datapackage.json").write_text(text or json.dumps({"resources": resources}), encoding="utf-8")
    return folder


def of(path: Any, name: str = "observations") -> dict[str, Any]:
    return {"name": name, "path": path}


READ = {
    "by name": ([of("b.csv", "other"), of("a.csv")], ["5"]),
    "the only one": ([of("a.csv", "anything")], ["5"]),
    "several files": ([of(["a.csv", "b.csv"])], ["6"]),
    "in a folder": ([of("sub/a.csv")], ["7"]),
}


@pytest.mark.parametrize(("resources", "actual"), READ.values(), ids=READ)
def test_which_files_are_read(smartkpi: Run, tmp_path: Path, resources: list[Any], actual: list[str]) -> None:
    folder = package(tmp_path / "p", *resources)
    run = smartkpi("status", "-a", folder, "-k", "digital_economy_size", "-f", "csv", "--fields", "actual")
    assert run.out.splitlines()[1:] == actual, run.err


def test_faults_name_the_file_in_the_package(smartkpi: Run, tmp_path: Path) -> None:
    folder = package(tmp_path / "p", of("a.csv"))
    (folder / "a.csv").write_text(HEADER + "nope,2021,5,兆元\n", encoding="utf-8")
    run = smartkpi("validate", "-a", folder)
    assert run.code == 3
    assert f"{folder}/a.csv:2: unknown indicator 'nope'" in run.err


OUTSIDE = [
    "../a.csv", "/etc/passwd", "sub/../../a.csv", "~/a.csv", "./a.csv", ".hidden.csv", "", "http://example.org/a.csv",
    "file:///etc/passwd", "..\\a.csv", "C:\\a.csv", "a\0.csv", "\ud800.csv", "link.csv", 5, None, ["../a.csv"], [], {},
]  # fmt: skip


@pytest.mark.parametrize("path", OUTSIDE, ids=ascii)
def test_paths_that_leave_the_package_are_refused(smartkpi: Run, tmp_path: Path, path: Any) -> None:
    folder = package(tmp_path / "p", of(path))
    (tmp_path / "a.csv").write_text(HEADER, encoding="utf-8")
    (folder / "link.csv").symlink_to(tmp_path / "a.csv")
    run = smartkpi("validate", "-a", folder)
    assert run.code == 3
    assert f"{folder}/datapackage.json: '" in run.err
    assert "is not a path to a file in the package" in run.err


def test_a_package_that_is_reached_by_a_link_is_read(smartkpi: Run, tmp_path: Path) -> None:
    package(tmp_path / "p", of("a.csv"))
    (tmp_path / "link").symlink_to("p")
    assert smartkpi("validate", "-a", tmp_path / "link").code == 0


NO_DESCRIPTOR = {
    "no JSON": ("{", "is not a descriptor of a data package"),
    "no UTF-8": ("\x80", "is not a descriptor of a data package"),
    "too deep": ("[" * 100_000, "is not a descriptor of a data package"),
    "a list": ("[]", "has no resource 'observations', and not a single other one; found: -"),
    "no resources": ("{}", "has no resource 'observations'"),
    "resources of another kind": ('{"resources": {"name": "observations"}}', "has no resource 'observations'"),
    "resources without names": ('{"resources": [5, {}, {"name": 5}]}', "has no resource 'observations'"),
}


@pytest.mark.parametrize(("text", "message"), NO_DESCRIPTOR.values(), ids=NO_DESCRIPTOR)
def test_what_is_no_descriptor(smartkpi: Run, tmp_path: Path, text: str, message: str) -> None:
    folder = package(tmp_path / "p")
    (folder / "datapackage.json").write_bytes(text.encode("latin-1"))
    run = smartkpi("validate", "-a", folder / "datapackage.json")
    assert run.code == 3
    assert message in run.err


def test_a_folder_without_a_descriptor_and_a_descriptor_that_is_not_there(smartkpi: Run, tmp_path: Path) -> None:
    assert "no actuals files" in smartkpi("validate", "-a", tmp_path).err
    assert "there is no such file" in smartkpi("validate", "-a", tmp_path / "datapackage.json").err


@pytest.mark.parametrize("name", ["x" * 300, "x/" * 3000], ids=["long", "deep"])
def test_paths_that_cannot_be(smartkpi: Run, name: str) -> None:
    run = smartkpi("validate", "-a", name)
    assert run.code == 3
    assert "internal" not in run.err


def test_python_reads_packages_too(smartkpi: Run, tmp_path: Path) -> None:
    smartkpi("export", "--to", "datapackage", tmp_path / "p")
    plan = library.read_plan(data_folder.plan_file(data_folder.shipped()))
    assert len(library.read_actuals(tmp_path / "p", plan)) == 20


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
paths = st.text("./~a\\:-\0", max_size=8) | json_values


@given(path=paths, name=st.sampled_from(["observations", "x"]))
def test_whatever_a_path_is_what_is_read_is_below(
    tmp_path_factory: pytest.TempPathFactory, path: Any, name: str
) -> None:
    folder = tmp_path_factory.getbasetemp() / "any"
    package(folder, of(path, name))
    try:
        found = observation_files(folder, "p")
    except DataError as error:
        found = [folder] if [fault.key for fault in error.faults] == ["path_leaves_package"] else []
    assert found
    assert all(os.path.realpath(each).startswith(os.path.realpath(folder)) for each in found)
