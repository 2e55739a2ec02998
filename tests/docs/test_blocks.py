"""Every block of code in a page is run, read by what it is for, or says before it why it is not.

Python is run, TOML read as what it configures, and of commands it is looked whether the command, its options
and what it names are there. A block that cannot be tried has a comment before it: ``<!-- not run: why -->``.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest
import typer

import benchmarks.__main__ as benchmarks
from bn_math import Lesson
from bnviz.cli.app import app
from bnviz.figures.panel_lists import panel_figures
from bnviz.orders.order import products
from bnviz.run import cuts, discover
from tests.docs.pages import ROOT, written_pages

FENCE = re.compile(r"^( *)(`{3,})([^\n`]*)\n(.*?)^\1\2 *$", re.MULTILINE | re.DOTALL)
WHY_NOT = re.compile(r"<!-- not run: (\S[^>]*) -->\s*\Z")
EXTRAS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
    "optional-dependencies"
]
SYSTEM_PACKAGES = {"python", "python3-venv", "python3-dev"} | set(
    re.findall(
        r"[\w.-]+",
        "".join(
            (ROOT / "bnviz" / name).read_text(encoding="utf-8") for name in ("setup.sh", "system_packages.py")
        ),
    )
)
TARGETS = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
ROWS = "length,width,weight\n" + "".join(f"{n},{(7 * n) % 11},{3 * n + (5 * n) % 7}\n" for n in range(1, 30))


@dataclass(frozen=True)
class Block:
    """A block of code: where it begins, in which language, and why it is not run (empty: it is)."""

    page: str
    line: int
    language: str
    code: str
    why_not: str

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


def blocks_of(path: Path) -> list[Block]:
    text, name = path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix()
    found = []
    for match in FENCE.finditer(text):
        before = WHY_NOT.search(text[: match.start()])
        line = text.count("\n", 0, match.start()) + 1
        found.append(Block(name, line, match[3].strip(), match[4], before[1] if before else ""))
    return [block for block in found if not block.language.startswith("{")]  # what Sphinx is told


TRIED_ELSEWHERE = {"docs/embedding.md": "tests/bnviz/notebook/test_embedding.py"}
BLOCKS = [block for path in written_pages() for block in blocks_of(path)]
RUN = [block for block in BLOCKS if not block.why_not and block.page not in TRIED_ELSEWHERE]


def of(*languages: str) -> list[Block]:
    return [block for block in RUN if block.language in languages]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the files that the pages speak of."""
    (tmp_path / "my-data.csv").write_text(ROWS, encoding="utf-8")
    (tmp_path / "my-lesson.toml").write_text('data = "my-data.csv"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_block_is_tried_or_says_why_not() -> None:
    tried = {*of("python"), *of("toml"), *of("", "sh")}
    assert [str(block) for block in RUN if block not in tried] == []
    assert len(of("python")) >= 4 and len(of("", "sh")) >= 15


def test_blocks_that_are_tried_elsewhere_are() -> None:
    for page, test in TRIED_ELSEWHERE.items():
        assert (ROOT / page).is_file() and Path(page).name in (ROOT / test).read_text(encoding="utf-8")


@pytest.mark.parametrize("block", of("python"), ids=str)
def test_python_runs(block: Block, place: Path) -> None:
    command = [sys.executable, "-W", "error::SyntaxWarning", "-c", block.code]
    done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("block", of("toml"), ids=str)
def test_toml_is_what_it_configures(block: Block, place: Path) -> None:
    path = place / "block.toml"
    path.write_text(block.code, encoding="utf-8")
    if "panels" in block.code:
        assert panel_figures(path)
    elif "[[order]]" in block.code:
        for name in ("iris.toml", "wine.toml"):
            (place / name).write_text('data = "my-data.csv"\n', encoding="utf-8")
        (place / "wine.csv").write_text(ROWS, encoding="utf-8")
        assert len(products(path)) > 10
    else:
        assert Lesson.from_toml(path).raw.steps


@pytest.mark.parametrize("block", of("", "sh"), ids=str)
def test_commands_are_there_with_their_options(block: Block) -> None:
    wrong = [f"{line}: {what}" for line in lines_of(block.code) for what in [fault(line)] if what]
    assert wrong == []


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("bnviz flim", "no command"),
        ("bnviz film --qualty low", "no such option"),
        ("bnviz film --quality best", "'best' is not"),
        ("bnviz clip Valley/descend", "no beat"),
        ("bnviz figures --scenes Valey", "no scene"),
        ("python -m benchmarks scene", "no command"),
        ("make flim", "no target"),
        ("sh bnviz/setup.sh voce", "no extra"),
        ("manim render scenes/valey.py Valey", "no scene"),
        ("rm -rf /", "nothing here knows"),
    ],
)
def test_what_is_not_there_is_found(line: str, what: str) -> None:
    assert what in fault(line)


def lines_of(code: str) -> list[str]:
    joined = code.replace("\\\n", " ")
    found = [re.sub(r"\s+#\s.*", "", line).strip() for line in joined.splitlines()]
    return [line for line in found if line and not line.startswith("#")]


def fault(line: str) -> str:
    """What is wrong with a line of a shell, empty if nothing is."""
    words = shlex.split(line.replace("\\Scripts\\", "/bin/"))
    words[0] = words[0].removeprefix(".venv/bin/")
    match words:
        case ["bnviz", *rest]:
            return of_typer(app, rest)
        case ["make", target, *settings]:
            right = all(re.fullmatch(r"[A-Z_]+=\w+", item) for item in settings)
            return "" if target in TARGETS and right else f"no target {target} with {settings}"
        case ["sh", "bnviz/setup.sh", *extras]:
            unknown = set(extras) - set(EXTRAS) - {"browser", "office", "again"}
            return f"no extra {unknown}" if unknown else ""
        case ["manim", "render", *options, file, scene]:
            known = {"-qh", "-ql", "-qm", "-s"}
            return of_scene(file, scene) if set(options) <= known else f"no such option of Manim's: {options}"
        case ["python", "-m", "benchmarks", *rest]:
            return of_typer(benchmarks.app, rest)
        case ["python", file] | ["pytest", file]:
            return "" if (ROOT / file).exists() else f"no file {file}"
        case ["source", ".venv/bin/activate"] | ["python3" | "py", "-m", "venv", ".venv"]:
            return ""
        case ["pip", "install", *options, what] if set(options) <= {"-e"}:
            unknown = set(what.removeprefix(".[").removesuffix("]").split(",")) - set(EXTRAS)
            return f"no extra {unknown}" if unknown else ""
        case ["python", "-m", "pytest", "-n", "auto", file]:
            return "" if (ROOT / file).exists() else f"no file {file}"
        case ["sudo", "apt-get", "install", *packages] | ["brew", "install", *packages]:
            return f"unknown: {unknown}" if (unknown := set(packages) - SYSTEM_PACKAGES) else ""
        case ["export", *settings]:
            known = {"BNVIZ_THEME", "BNVIZ_VOICE", "BNVIZ_LESSON", "BNVIZ_LANGUAGE"}
            return "" if {item.partition("=")[0] for item in settings} <= known else f"unknown: {settings}"
    return f"nothing here knows {words[0]}"


def of_scene(file: str, scene: str) -> str:
    there = discover.file_name(scene) == Path(file).name or file == f"$(bnviz where {scene})"
    return "" if there and scene in scene_names() else f"no scene {scene} in {file}"


def scene_names() -> list[str]:
    return discover.scene_names()


def of_typer(commands: typer.Typer, words: list[str]) -> str:
    """Whether the command takes these words: its options and choices, what they name."""
    command = typer.main.get_command(commands)
    while words and getattr(command, "commands", None) and words[0] in command.commands:
        command, words = command.commands[words[0]], words[1:]
    if getattr(command, "commands", None) and words:
        return f"no command {words[:1]}"
    options = {name: item for item in command.params for name in item.opts}
    rest = iter(words)
    for word in rest:
        name, is_given, value = word.partition("=")
        if not word.startswith("-"):
            if problem := named(word):
                return problem
            continue
        if name not in options:
            return f"no such option {name}"
        if not getattr(options[name], "is_flag", False):
            value = value if is_given else next(rest, "")
            if problem := of_value(name, value):
                return problem
    return ""


def of_value(name: str, value: str) -> str:
    if not value:
        return f"{name} takes a value"
    if name in CHOICES and value not in CHOICES[name]:
        return f"{value!r} is not one of {CHOICES[name]}"
    if name in ("--scenes", "--scene", "--loop"):
        return next(filter(None, map(named, value.split(","))), "")
    if name == "--cut" and value not in cuts.cut_names():
        return f"no cut {value}"
    return ""


CHOICES = {
    "--quality": {"low", "medium", "high"},
    "--theme": {"dark", "light"},
    "--layout": {"column", "film"},
    "--letters": {"sans", "serif"},
    "--format": {"html", "pptx", "pdf", "svg", "png", "mp4", "gif", "webm", "mov", "csv", "npz", "json"},
}


def named(word: str) -> str:
    """What is wrong with a scene, a beat, or scenes in a row; files are anybody's."""
    if "." in word or not word[:1].isupper():
        return ""
    from scenes.kit.script.words import book

    for item in word.split(","):
        scene, _, beat = item.partition("/")
        if scene not in scene_names():
            return f"no scene {scene}"
        if beat and beat not in book("en")[scene]["beats"]:
            return f"no beat {item}"
    return ""
