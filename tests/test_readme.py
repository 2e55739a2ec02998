"""The README's numbers are those of the code, and its pictures exist."""

import re
from pathlib import Path

from bn_math import Lesson

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_table_of_the_readme_is_what_the_code_computes() -> None:
    rows = re.findall(r"^\| (raw|centred only|scaled only|standardized) \|(.+)\|$", README, re.MULTILINE)
    assert len(rows) == 4
    for (_, cells), stage in zip(rows, Lesson.article().stages, strict=True):
        spectrum = stage.spectrum
        written = [cell.strip() for cell in cells.split("|")]
        condition = spectrum.condition_number
        assert written == [
            f"{spectrum.eigenvalues[0]:.2f}",
            f"{spectrum.eigenvalues[1]:.2f}",
            f"{condition:.1f}" if condition > 100 else f"{condition:.3f}",
            f"{spectrum.best_learning_rate:.3e}",
            str(stage.steps),
        ]


def test_every_picture_of_the_readme_is_there_and_small() -> None:
    pictures = set(re.findall(r"\((media/posters/[a-z_]+\.png)\)", README))
    assert len(pictures) == 8
    for picture in pictures:
        assert (ROOT / picture).stat().st_size < 200_000, picture


def test_the_snippet_of_the_readme_runs(capsys) -> None:
    snippet = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert snippet
    exec(snippet.group(1), {})
    assert capsys.readouterr().out.count("\n") == 4
