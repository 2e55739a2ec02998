"""What hands the program out: the table of wheels, the container, conda's file and the workflows."""

from __future__ import annotations

import importlib.util
import re
import sys
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
WORKFLOWS = {"tests.yml", "render-lesson.yml", "release.yml", "site.yml"}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]


@pytest.fixture(scope="module")
def wheels() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_wheels", ROOT / "docs" / "wheels.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["docs_wheels"] = module  # its dataclasses look there for their module
    spec.loader.exec_module(module)
    return module


def test_every_extra_for_users_is_asked_about(wheels: ModuleType) -> None:
    assert set(wheels.EXTRAS) == EXTRAS.keys() - {"test", "benchmark", "docs"}


def test_what_is_lacking_is_told_of_the_extra_that_asks_for_it_on_that_system(wheels: ModuleType) -> None:
    def package(name: str, *requires: str) -> dict[str, Any]:
        return {"name": name, "requires_dist": list(requires)}

    installed = [
        package("valley-to-bowl", "Drawing", "speech[fast]; extra == 'voice'", "paper; extra == 'slides'"),
        package("drawing", "compiled-1; sys_platform == 'linux'"),
        package("speech", "compiled_2; extra == 'fast'", "compiled-1"),
        package("paper", "compiled-3; python_version < '3.12'"),
        *(package(f"compiled-{number}") for number in (1, 2, 3)),
    ]
    without = {"compiled-1", "compiled-2", "compiled-3"}
    linux = next(system for system in wheels.SYSTEMS if system.name == "Linux, x86_64")
    windows = next(system for system in wheels.SYSTEMS if system.name == "Windows")

    def lacking(system: Any, python: str) -> dict[str, list[str]]:
        found = wheels._by_extra(installed, without, wheels.environment(system, python))
        return {extra: names for extra, names in found.items() if names}

    assert lacking(linux, "3.11") == {"": ["compiled-1"], "voice": ["compiled-2"], "slides": ["compiled-3"]}
    assert lacking(linux, "3.14") == {"": ["compiled-1"], "voice": ["compiled-2"]}
    assert lacking(windows, "3.14") == {"voice": ["compiled-1", "compiled-2"]}


def test_the_table_says_which_pythons_lack_a_wheel(wheels: ModuleType) -> None:
    lacks = {"3.11": ["a"], "3.12": ["a", "b"], "3.13": ["a", "b"]}
    assert wheels._cell(lacks) == "a, b (3.12, 3.13)"
    assert wheels._cell({"3.11": [], "3.12": []}) == "wheels"
    found = {("Any", python): dict.fromkeys(("", *wheels.EXTRAS), names) for python, names in lacks.items()}
    lines = wheels.table(found, list(lacks))
    assert len({line.count("|") for line in lines}) == 1
    assert lines[-1].startswith("| Any | a, b (3.12, 3.13) |")


def test_the_page_has_a_row_for_every_system(wheels: ModuleType) -> None:
    page = (ROOT / "docs" / "install.md").read_text(encoding="utf-8")
    written = page.partition(wheels.BEGIN)[2].partition(wheels.END)[0]
    rows = [row.split("|")[1].strip() for row in written.strip().splitlines()[2:]]
    assert rows == [system.name for system in wheels.SYSTEMS]


@pytest.fixture(params=sorted(WORKFLOWS))
def workflow(request: pytest.FixtureRequest) -> dict[Any, Any]:
    text = (ROOT / ".github" / "workflows" / request.param).read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))


def test_workflows_are_these_and_may_do_only_what_they_say(workflow: dict[Any, Any]) -> None:
    assert {path.name for path in (ROOT / ".github" / "workflows").iterdir()} == WORKFLOWS
    assert "permissions" in workflow
    for job in workflow["jobs"].values():
        assert job["timeout-minutes"] <= 240
        for step in job["steps"]:
            assert ("uses" in step) != ("run" in step)
            assert "uses" not in step or re.fullmatch(r"actions/[a-z-]+@v\d+", step["uses"])


def test_workflows_call_commands_and_options_that_there_are(workflow: dict[Any, Any]) -> None:
    from typer.main import get_command

    from bnviz.cli.app import app

    commands: Any = get_command(app)
    runs = [step.get("run", "") for job in workflow["jobs"].values() for step in job["steps"]]
    called = [line for run in runs for line in re.findall(r"(?:^|/)bnviz (.+)$", run, re.MULTILINE)]
    assert called
    for line in called:
        name, *words = line.split()
        known = {option for item in commands.commands[name].params for option in item.opts}
        assert {word for word in words if word.startswith("--")} <= known, line


def test_workflows_install_extras_that_there_are(workflow: dict[Any, Any]) -> None:
    runs = [step.get("run", "") for job in workflow["jobs"].values() for step in job["steps"]]
    for asked in re.findall(r"install .*\[([a-z,-]+)\]", "\n".join(runs)):
        assert set(asked.split(",")) <= EXTRAS.keys()


def test_both_ends_of_python_and_three_systems_are_tested() -> None:
    text = (ROOT / ".github" / "workflows" / "tests.yml").read_text(encoding="utf-8")
    matrix = yaml.safe_load(text)["jobs"]["film"]["strategy"]["matrix"]
    assert [name.split("-")[0] for name in matrix["system"]] == ["ubuntu", "macos", "windows"]
    assert matrix["python"] == ["3.11", "3.14"]


def test_the_container_runs_as_nobody_special_and_is_built_from_what_it_takes_along() -> None:
    lines = (ROOT / "Containerfile").read_text(encoding="utf-8").splitlines()
    last = {line.split()[0]: line for line in lines if line[:1].isupper()}
    assert last["USER"] == "USER 1000:1000" and last["ENTRYPOINT"] == 'ENTRYPOINT ["bnviz"]'
    taken = (ROOT / ".containerignore").read_text(encoding="utf-8").splitlines()
    names = [line[1:] for line in taken if line.startswith("!")]
    assert all((ROOT / name).exists() for name in names)
    assert {"bn_math", "bnviz", "scenes", "pyproject.toml", "constraints.txt"} <= set(names)


def test_conda_gets_what_the_film_needs_from_pip() -> None:
    listed = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    assert listed[-1] == {"pip": [".[voice]"]}
    assert all(Requirement(item.replace("=", "==")) for item in listed[:-1])
