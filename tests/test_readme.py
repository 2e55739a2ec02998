"""The README's numbers are those of the code, its pictures exist, and it leads to the pages that say more."""

import re
from pathlib import Path

import scenes
from bn_math import Lesson
from bnviz.posters import overview, readme_table
from bnviz.run import discover
from scenes.kit.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
MEASURED = (ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8")
SCALING = (ROOT / "docs" / "scaling.md").read_text(encoding="utf-8")


def measured(part: str, pattern: str) -> float:
    """A number in one part of the page that the benchmarks have written."""
    written = MEASURED.partition(f"<!-- {part}:")[2].partition(f"<!-- end of {part} -->")[0]
    found = re.findall(pattern, written, re.MULTILINE)
    assert len(found) == 1, pattern
    return float(found[0])


def test_what_is_said_of_speed_is_what_the_benchmark_has_measured() -> None:
    said = " ".join(CONTRIBUTING.split())
    ratio = measured("scenes", r"takes [*]{2}([0-9.]+) times[*]{2}")
    assert f"takes {ratio:.2f} times what encoding its frames" in said
    film, taken = (measured("scenes", rf"{word} ([0-9.]+) minutes") for word in ("These", "took"))
    assert f"{film} minutes, took {taken} minutes at 1080p60" in said
    stock = measured("surface", r"^. Manim, stock Surface .*? ([0-9.]+) .$")
    assert f"rendered {stock:.0f} times as fast as with Manim's stock `Surface`" in said
    core_minutes = 2 * 60 / measured("scenes", r"^. [*]{2}all, 2 processes[*]{2} . [0-9]+ . ([0-9.]+) .")
    assert f"| high, 1080p60 | {core_minutes:.1f} | {1020 * core_minutes / 60:.0f} |" in SCALING


def test_its_two_counts_of_steps_are_what_the_code_computes() -> None:
    lesson = Lesson.article()
    said = " ".join(README.split())
    assert (
        f"**{lesson.raw.steps} steps and {lesson.standardized.steps}**, for gradient descent over all" in said
    )


def test_it_is_short_and_leads_on() -> None:
    prose = README.partition(readme_table.BEGIN)[0]
    assert len(prose.splitlines()) < 80
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", prose) if "://" not in link]
    assert len(links) > 15
    assert [link for link in links if not (ROOT / link).is_file()] == []
    uses = re.findall(r"^\| .*? \| `(.+?)`.* \| \[", prose, re.MULTILINE)
    assert len(uses) == 5


def test_every_picture_of_the_readme_is_there_and_small() -> None:
    pictures = set(re.findall(r"\((media/posters/[a-z_]+\.png)\)", README))
    assert pictures >= {f"media/posters/{source.path.stem}.png" for source in discover.film()}
    for picture in pictures:
        assert (ROOT / picture).is_file(), f"{picture} is missing; bnviz posters writes it"
        assert (ROOT / picture).stat().st_size < 200_000, picture


def test_the_posters_are_the_film_s_table_of_contents() -> None:
    """Every scene in the film's order, with its number, its title and a way to its file."""
    table = README.partition(readme_table.BEGIN)[2].partition(readme_table.END)[0]
    stems = [discover.file_name(name).removesuffix(".py") for name in scenes.ORDER]
    assert re.findall(r"!\[\w+\]\(media/posters/(\w+)\.png\)", table) == stems
    entries = re.findall(r"(\d+) \[([^]]+)\]\(scenes/(\w+)\.py\)", table)
    assert [(int(number), stem) for number, _, stem in entries] == list(enumerate(stems, start=1))
    right = overview.contents_table(discover.film(), Settings(voice=False))
    assert table.strip() == right, "bnviz posters writes the table anew"
