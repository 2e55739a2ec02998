"""What is advised: the set-up script in a checkout, pip's extras where a wheel is installed."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from bnviz import doctor, installation
from bnviz.installation import ROOT, install, install_elsewhere


def test_a_checkout_advises_its_script(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert install() == "sh bnviz/setup.sh voice"
    assert install("voice", "slides") == "sh bnviz/setup.sh voice slides"
    assert install("cluster", again=True) == "sh bnviz/setup.sh again voice cluster"


def test_the_script_is_found_from_another_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert install("voice") == f"sh {ROOT}/bnviz/setup.sh voice"
    assert (
        install_elsewhere("cluster")
        == "in a checkout with the same files as here, run: sh bnviz/setup.sh voice cluster"
    )


def test_an_installed_wheel_advises_extras(tmp_path: Path) -> None:
    assert install(root=tmp_path) == "pip install valley-to-bowl"
    assert install("voice", root=tmp_path) == 'pip install "valley-to-bowl[voice]"'
    assert (
        install("voice", "slides", again=True, root=tmp_path) == 'pip install "valley-to-bowl[voice,slides]"'
    )
    assert (
        install_elsewhere("cluster", root=tmp_path)
        == f'with version {installation.version()} of it, run: pip install "valley-to-bowl[cluster]"'
    )


@pytest.mark.parametrize("folder", ["site-packages", "checkout"])
def test_test_tools_are_looked_for_in_a_checkout_only(tmp_path: Path, folder: str) -> None:
    root = tmp_path / folder
    (root / "bnviz").mkdir(parents=True)
    if folder == "checkout":
        for name in ("pyproject.toml", "constraints.txt", "bnviz/setup.sh"):
            shutil.copy(ROOT / name, root / name)
    rows = {row.what.split()[0]: row for row in doctor.examine(tmp_path, root)}
    assert {"numpy", "hibari-tts", "distributed"} <= rows.keys()
    assert {name in rows for name in ("pytest", "ruff", "matplotlib")} == {folder == "checkout"}
    assert rows["hibari-tts"].fix == (
        f"sh {root}/bnviz/setup.sh again voice"
        if folder == "checkout"
        else 'pip install "valley-to-bowl[voice]"'
    )


def test_a_wheel_s_packages_have_to_be_versions_that_are_allowed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = doctor.metadata.version
    monkeypatch.setattr(doctor.metadata, "version", lambda name: "3.0" if name == "numpy" else there(name))
    (row,) = [row for row in doctor.examine(tmp_path, tmp_path) if not row.fine]
    assert (row.what, row.found) == ("numpy <3,>=2.1", "3.0")
    assert row.fix == "pip install valley-to-bowl"


def test_a_checkout_on_windows_advises_pip(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.chdir(tmp_path)
    assert install("slides") == f'pip install -c {ROOT / "constraints.txt"} -e "{ROOT}[voice,slides]"'
