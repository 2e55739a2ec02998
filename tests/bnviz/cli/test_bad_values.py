"""Every option of every command refuses what it cannot use, in a sentence and before anything is rendered."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from bnviz.cli import app as cli
from bnviz.workers import pool, scheduler

Wrong = Mapping[tuple[str, ...], str]
"""Arguments, and what the sentence must say besides the option's name: what is wrong, or what is right."""

COMMANDS: dict[str, list[str]] = {
    "film": ["--scenes", "Valley"],
    "scene": ["Valley"],
    "where": ["Valley"],
    "list": ["--exact"],
    "still": ["Valley/descent"],
    "watch": ["Valley/descent"],
    "doctor": [],
    "posters": ["--scenes", "Valley"],
    "frames check": ["--scenes", "Valley"],
    "frames show": ["--scenes", "Valley"],
    "frames renew": ["--scenes", "Valley"],
    "slides": ["--scenes", "Valley"],
    "clip": ["Valley/descent"],
    "figures": ["--scenes", "Valley"],
    "data": ["--scene", "Valley"],
    "check": ["Valley"],
    "page": ["--scenes", "Valley"],
    "play": [],
    "batch": ["orders.toml"],
    "new": ["my.csv"],
    "cache": [],
}
"""Every command, with arguments that are right."""

AT_LEAST, RANGE = "x>=1|greater than or equal to 1", "<=x<=|(less|greater) than or equal to"
UNSCENED = {"": "there is no scene ''", "Valey": "did you mean Valley", "../valley": "there is no scene"}
FOLDER: Wrong = {
    (f"{{}}={place}",): why
    for place, why in {
        "": "it is empty",
        "a-file": "a-file is a file; it must be a folder",
        "a-file/below": "a-file is a file; it must be a folder",
        "x" * 250: "too long a name",
        "sealed/below": "you may not write into sealed",
    }.items()
}
FILE: Wrong = {
    ("{}=",): "it is empty",
    ("{}=film",): "it must end in ",
    ("{}=film.avi",): "it must end in ",
    ("{}=.mp4",): "it must end in ",
    ("{}=a-folder.mp4",): "a-folder.mp4, a folder; it must name a file",
    ("{}=a-file/film.mp4",): "a-file is a file; it must be a folder",
    ("{}=sealed/film.mp4",): "you may not write into sealed",
    (f"{{}}={'x' * 250}.mp4",): "too long a name",
}
OPTIONS: dict[str, Wrong] = {
    "--quality": {("{}=best",): "'low', 'medium', 'high', '4k'", ("{}=",): "'low', 'medium', 'high'"},
    "--workers": {
        (f"{{}}={n}",): why for n, why in {"0": AT_LEAST, "-1": AT_LEAST, "two": "integer"}.items()
    },
    "--theme": {("{}=pink",): "'dark', 'light'", ("{}=",): "'dark', 'light'"},
    "--language": {("{}=tlh",): "'tlh' is not one of 'en'", ("{}=",): "is not one of 'en'"},
    "--scenes": {
        ("{}=",): "it should be like --scenes Valley,Bowl",
        ("{}=,",): "it should be like --scenes Valley,Bowl",
        ("{}=Valley,Valley",): "names Valley more than once",
        ("{}=Valey",): "did you mean Valley",
    },
    "--cut": {
        ("{}=",): "which is no cut; scenes/cuts.toml has full, short|give one of them",
        ("{}=shrot",): "did you mean short|give one of them",
    },
    "--output": FOLDER,
    "--lesson": {("{}=",): "it is empty", ("{}=none.toml",): "does not exist", ("{}=sealed",): "is a folder"},
    "--scheduler": {
        ("{}=",): "it must be like tcp://host:8786",
        ("{}=host:8786",): "it must be like tcp://host:8786",
        ("{}=tcp://127.0.0.1:1",): "no Dask scheduler answers there",
        ("{}=tls://127.0.0.1:1",): "tls needs certificates",
    },
    "--cache": {
        ("{}=",): "it is empty",
        ("{}=a-file",): "a-file is a file",
        ("{}=a-file/x",): "a-file is a file",
    },
    "--encoder": {
        ("{}=h264",): "'h264' is not one of 'libx264', 'h264_nvenc'",
        ("{}=",): "is not one of 'libx264'",
        ("{}=h264_videotoolbox",): "cannot be used here .*; it needs a Mac",
    },
    "--encoder-option": {
        ("{}=",): "it must be name=value",
        ("{}=preset",): "it must be name=value",
        ("{}=presett=fast",): "x264 has no such option",
        ("{}=preset=bogus",): "x264 refuses this value",
        ("{}=crf=20", "{}=crf=21"): "more than once",
        ("{}=profile=main", "{}=crf=0"): "main profile doesn't support lossless",
        ("{}=pixel_format=yuv444p",): "other pictures than it is given",
        ("{}=flags=+pass1",): "in one pass",
    },
    "--format": {("{}=odp",): "", ("{}=",): ""},
    "--loop": {
        ("{}=",): "it should be like --loop Question/race",
        ("{}=,",): "it should be like --loop Question/race",
        ("{}=Valley/x",): "the beats are Valley/",
        ("{}=Bowl/surface",): "the beats are Valley/",
    },
    **{f"--{name}": {("{}=one\ntwo",): "must be one line"} for name in ("speaker", "event", "date")},
    "--width": {(f"{{}}={n}",): "" for n in ("0", "9", "-1", "1e9", "nan", "inf", "wide", "")},
    "--fps": {(f"{{}}={n}",): RANGE for n in ("0", "-1", "61")} | {("{}=x",): "integer"},
    "--dpi": {(f"{{}}={n}",): RANGE for n in ("0", "-1", "1201")}
    | {("{}=x",): "integer", ("{}=1200", "--width=2000"): "it must be at most 16384: --dpi 208 or less"},
    "--beats": {
        ("{}=",): "it should be like --beats surface",
        ("{}=,",): "it should be like --beats surface",
        ("{}=nonsense,descent",): "nonsense, which is in none of the scenes Valley; they have:",
    },
    "--port": {(f"{{}}={n}",): RANGE for n in ("0", "-1", "65536")} | {("{}=x",): "integer"},
    "--file": {("{}=",): "it is empty"},
    "--list": {("{}=",): "it is empty", ("{}=none.toml",): "go without them"},
    "--layout": {("{}=wide",): "column", ("{}=",): "column"},
    "--letters": {("{}=gothic",): "serif", ("{}=",): "serif"},
    "--random": {(f"{{}}={n}",): AT_LEAST for n in ("0", "-1")} | {("{}=x",): "integer"},
    "--seed": {("{}=-1", "--random=1"): "x>=0|greater than or equal to 0", ("{}=x",): "integer"},
    "--feature": {("{}=a",): "must be given twice", ("{}=a", "{}=q"): "has no column 'q'"},
    "--target": {("{}=q",): "has no column 'q'", ("{}=",): "has no column ''"},
    "--scene": {(f"{{}}={name}",): why for name, why in UNSCENED.items()},
}
SPECIAL: dict[tuple[str, str], Wrong] = {
    ("film", "--output"): FILE,
    ("scene", "--output"): FILE,
    ("clip", "--output"): FILE | {("{}=a.mov", "--format=gif"): "one of them must change"},
    ("new", "--output"): {
        ("{}=",): "it is empty",
        ("{}=mine.txt",): "it must end in .toml",
        ("{}=a-file/mine.toml",): "a-file is a file; it must be a folder",
        ("{}=there.toml",): "there.toml is there already",
    },
    ("new", "DATA"): {("",): "it is empty", ("none.csv",): "there is no file none.csv"},
    ("page", "--output"): FOLDER | {("{}=.",): "you are in it", ("{}=..",): "you are in it"},
    ("play", "--output"): FOLDER
    | {("{}=.",): "you are in it", ("{}=play.mp4", "--one-file"): "it must end in .html"},
    ("clip", "--format"): {
        ("{}=avi",): "it must be mp4, gif, webm or mov",
        ("{}=",): "it must be mp4, gif, webm or mov",
        ("{}=gif", "--voice"): "a GIF has no sound",
    },
    ("check", "WHAT"): {
        ("",): "bnviz check names no scene; it should be like bnviz check Valley,Bowl",
        ("Valley,Valley",): "names Valley more than once",
        ("Valey",): "did you mean Valley",
        ("film.mp4",): "there is no film film.mp4",
    },
    ("scene", "NAME"): {(name,): why for name, why in UNSCENED.items()},
    ("where", "NAME"): {(name,): why for name, why in UNSCENED.items()},
    ("clip", "WHAT"): {
        ("",): "there is no scene ''",
        ("/descent",): "there is no scene ''",
        ("Valley/",): "names no beat; it must be like Valley/BEAT",
        ("Valley/desent",): "did you mean Valley/descent",
        ("Valley/descent/",): "no beat 'descent/'",
    },
    ("still", "WHAT"): {
        ("",): "there is no scene ''",
        ("Valley",): "names no beat; it must be like Valley/",
        ("Valley/",): "names no beat; it must be like Valley/BEAT",
        ("Valley/desent",): "did you mean Valley/descent",
    },
    ("batch", "ORDERS"): {("none.toml",): "none.toml cannot be read", ("my.csv",): "my.csv is no TOML"},
    ("watch", "WHAT"): {
        ("",): "there is no scene ''",
        ("Valley/",): "names no beat; it must be like Valley/BEAT",
        ("Valley/desent",): "did you mean Valley/descent",
        ("Valley", "Valey"): "did you mean Valley",
    },
    ("watch", "--file"): {
        ("{}=",): "it is empty",
        ("{}=still.mp4",): "it must end in .png",
        ("{}=still.png", "--clip"): "it must end in .mp4",
        ("{}=sealed/still.png",): "you may not write into sealed",
        ("{}=still.png", "--port=8000"): "give one of them",
    },
    ("still", "--output"): {
        **{
            (value[0].replace("mp4", "png"),): why
            for value, why in FILE.items()
            if "a-folder" not in value[0]
        },
        ("{}=a-folder.mp4",): "it must end in .png",
    },
    ("cache", "ACTION"): {("burn",): "'clear'", ("",): "'clear'"},
}


def parameters() -> Iterator[tuple[str, str]]:
    """Every command with every option that takes a value, and every argument."""

    def walk(command: Any, name: str) -> Iterator[tuple[str, str]]:
        if hasattr(command, "commands"):
            for item, below in command.commands.items():
                yield from walk(below, f"{name} {item}".strip())
            return
        yield name, ""
        for item in command.params:
            if item.name != "help" and not getattr(item, "is_flag", False):
                yield name, item.opts[0] if item.opts[0].startswith("-") else item.name.upper()

    return walk(typer.main.get_command(cli.app), "")


def wrong_values() -> Iterator[Any]:
    for command, option in parameters():
        wrong = SPECIAL.get((command, option)) or OPTIONS.get(option, {})
        for values, why in wrong.items():
            arguments = [value.format(option) for value in values]
            name = f"{command} {' '.join(arguments)[:60]}"
            yield pytest.param(command, option, arguments, why, id=name)


class Rendered(Exception):
    """Something was about to be rendered."""


@pytest.fixture(autouse=True)
def in_a_folder_where_nothing_can_be_rendered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise Rendered

    monkeypatch.setattr(pool, "_place", refuse)
    monkeypatch.setattr("bnviz.figures.data_files.scene_tables", refuse)
    monkeypatch.setattr("bnviz.play.make.write_play", refuse)
    monkeypatch.setattr("bnviz.run.stills.beat_stills", refuse)
    monkeypatch.setattr(scheduler, "CONNECT", 0.1)
    monkeypatch.setattr(cli, "complaints", cli.terminal(width=2000, stderr=True))
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    Path("a-file").touch()
    Path("my.csv").write_text("a,b,y\n1,2,3\n2,1,4\n3,5,1\n4,4,4\n5,9,2\n", encoding="utf-8")
    Path("there.toml").touch()
    Path("orders.toml").write_text('[[order]]\nscenes = ["Valley"]\n', encoding="utf-8")
    Path("a-folder.mp4").mkdir()
    Path("sealed").mkdir()
    may = os.access
    monkeypatch.setattr(os, "access", lambda path, how: Path(path).name != "sealed" and may(path, how))


def run(command: str, arguments: list[str]) -> tuple[Any, str]:
    environment = {"COLUMNS": "2000", "NO_COLOR": "1", "TERM": "dumb"}
    result = CliRunner().invoke(cli.app, [*command.split(), *arguments], env=environment)
    return result, re.sub(r"[\s│]+", " ", result.output)


def test_no_command_and_no_option_is_left_out() -> None:
    assert {command for command, _ in parameters()} == set(COMMANDS)
    without = [(command, option) for command, option in parameters() if option and not option.startswith("-")]
    assert all(item in SPECIAL for item in without)
    assert {option for _, option in parameters() if option.startswith("-")} == set(OPTIONS)


@pytest.mark.parametrize("command", sorted(COMMANDS.keys() - {"cache", "doctor", "new", "where"}))
def test_what_is_right_would_be_rendered(command: str) -> None:
    result, said = run(command, COMMANDS[command])
    assert isinstance(result.exception, Rendered), said


@pytest.mark.parametrize(("command", "option", "arguments", "why"), list(wrong_values()))
def test_a_wrong_value_is_told_before_anything_is_rendered(
    command: str, option: str, arguments: list[str], why: str
) -> None:
    before = sorted(Path().rglob("*"))
    right = [] if option.isupper() else COMMANDS[command]
    result, said = run(command, [*right, *arguments])
    assert isinstance(result.exception, SystemExit), (result.exception, said)
    assert result.exit_code in (1, 2)
    assert re.search(why, said), said
    assert "Traceback" not in said
    assert option in said or "there is no scene" in said or option.isupper()
    assert len(re.findall("error:|Invalid value", said)) == 1
    assert sorted(Path().rglob("*")) == before
