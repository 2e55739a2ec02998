"""What is handed on: a source distribution that is whole, a wheel that runs, and how to cite them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
pytestmark = pytest.mark.xdist_group("distributions")  # built once
HOOK = "import sys, setuptools.build_meta as backend; print(getattr(backend, sys.argv[1])(sys.argv[2]))"


def files_of_the_project() -> list[str]:
    """The files that are, or would be, under version control."""
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        pytest.skip("this is no clone: which files belong to the project is not known")
    done = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    return sorted(name for name in done.stdout.split("\0") if name and (ROOT / name).exists())


def built(kind: str, source: Path, output: Path) -> Path:
    command = [sys.executable, "-c", HOOK, f"build_{kind}", str(output)]
    done = subprocess.run(command, cwd=source, capture_output=True, text=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return output / done.stdout.splitlines()[-1]


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sdist")
    for name in files_of_the_project():
        target = folder / "clone" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, target)
    return built("sdist", folder / "clone", folder)


@pytest.fixture(scope="module")
def wheel(sdist: Path) -> Path:
    """The wheel as made from the source distribution alone."""
    with tarfile.open(sdist) as archive:
        archive.extractall(sdist.parent, filter="data")
    return built("wheel", sdist.parent / sdist.name.removesuffix(".tar.gz"), sdist.parent)


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment with the wheel, which finds the packages that are installed here."""
    folder = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    python = folder / "bin" / "python"
    install = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps"]
    subprocess.run([*install, "--no-index", str(wheel)], check=True)
    (site,) = folder.glob("lib/python*/site-packages")
    (site / "others.pth").write_text(
        sysconfig.get_path("purelib"), encoding="utf-8"
    )  # whose own .pth files are not followed
    return folder / "bin"


def run(program: Path, *arguments: str, folder: Path) -> tuple[int, str]:
    variables = {**os.environ, "COLUMNS": "300"}
    done = subprocess.run(
        [program, *arguments],
        cwd=folder,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    return done.returncode, done.stdout + done.stderr


def test_the_source_distribution_holds_every_file_of_the_project(sdist: Path) -> None:
    with tarfile.open(sdist) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    assert set(files_of_the_project()) <= held


def test_the_wheel_holds_the_packages_and_nothing_of_the_checkout(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    packages = ("bn_math/", "bnviz/", "scenes/")
    wanted = {name for name in files_of_the_project() if name.startswith(packages)} - {"bnviz/setup.sh"}
    assert held == wanted


def test_an_installed_wheel_runs_and_advises_pip(installed: Path, tmp_path: Path) -> None:
    python, bnviz = installed / "python", installed / "bnviz"
    assert run(bnviz, "--version", folder=tmp_path) == (0, f"bnviz {PROJECT['version']}\n")
    code, said = run(python, "-c", "import bnviz; print(bnviz.__file__)", folder=tmp_path)
    assert str(installed.parent) in said
    code, said = run(bnviz, "doctor", folder=tmp_path)
    assert code == 0, said
    assert "numpy >=2.1" in said.replace("<3,", "") and "(extra voice)" in said
    assert "extra test" not in said and "setup.sh" not in said
    code, said = run(
        python, "-c", "from bnviz import installation as i; print(i.install('voice'))", folder=tmp_path
    )
    assert said == 'pip install "valley-to-bowl[voice]"\n'
    assert "frames" not in run(bnviz, "--help", folder=tmp_path)[1]


def test_a_scene_is_rendered_from_an_installed_wheel_in_an_empty_folder(
    installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the line that its page in the gallery has; here the last picture is enough."""
    monkeypatch.setenv("BNVIZ_VOICE", "0")
    code, place = run(installed / "bnviz", "where", "TwoScales", folder=tmp_path)
    assert code == 0 and Path(place.strip()).is_relative_to(installed.parent)
    manim = ("-m", "manim", "render", "-ql", "-s", place.strip(), "TwoScales")
    code, said = run(installed / "python", *manim, folder=tmp_path)
    assert code == 0, said
    assert len(list((tmp_path / "media" / "images").rglob("TwoScales*.png"))) == 1


def test_what_cites_the_project_is_as_the_citation_format_wants_it() -> None:
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= cited.keys()
    assert cited["version"] == PROJECT["version"] and cited["license"] == PROJECT["license"]
    assert [item["name"] for item in cited["authors"]] == [item["name"] for item in PROJECT["authors"]]
    (article,) = cited["references"]
    assert {"type", "title", "authors"} <= article.keys()
    assert article["title"] in " ".join(
        (ROOT / "README.md").read_text(encoding="utf-8").replace("*", "").split()
    )


def test_every_direct_requirement_that_has_broken_its_users_is_bounded_above() -> None:
    extras = PROJECT["optional-dependencies"]
    requirements = [*PROJECT["dependencies"], *extras["voice"], *extras["slides"], *extras["data"]]
    open_ended = {item.partition(">")[0] for item in requirements if "<" not in item}
    assert open_ended == {"packaging", "pillow"}, "names that are used as they have been for years"
