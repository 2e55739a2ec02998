"""The numbers on the page about the maths are those of the code, written by nobody."""

from __future__ import annotations

import re
from fractions import Fraction

import numpy as np
import pytest

from bn_math import Lesson
from tests.docs.pages import ROOT, Page

pytestmark = pytest.mark.xdist_group("site")
ARTICLE = Lesson.article()


@pytest.fixture(scope="module")
def page(pages: dict[str, Page]) -> Page:
    return pages["maths.html"]


def table(page: Page, *names: str) -> list[list[str]]:
    rows = [[cell.replace("\u202f", "").replace("\u00a0", " ") for cell in row] for row in page.rows()]
    return [row for row in rows if row and row[0] in names]


def scientific(text: str) -> float:
    digits, _, power = text.partition(" × 10")
    return float(digits) * 10.0 ** int(power.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")))


def test_the_stages_have_the_eigenvalues_of_their_own_matrices(page: Page) -> None:
    x, y = ARTICLE.data.features, ARTICLE.data.target
    forms = {
        "raw": x,
        "centered only": x - x.mean(axis=0),
        "scaled only": x / x.std(axis=0),
        "standardized": (x - x.mean(axis=0)) / x.std(axis=0),
    }
    rows = table(page, *forms)
    assert [row[0] for row in rows] == list(forms)
    for name, *cells in rows:
        low, high = np.linalg.eigvalsh(2 / len(y) * forms[name].T @ forms[name])
        condition = high / low
        assert cells[:2] == [f"{low:.2f}", f"{high:.2f}"]
        assert cells[2] == f"{condition:.{1 if condition > 100 else 3}f}"
        assert scientific(cells[3]) == pytest.approx(2 / (low + high), rel=1e-3)
        assert float(cells[4]) == pytest.approx((condition - 1) / (condition + 1), abs=1e-6)


def test_the_stages_have_the_steps_of_a_plain_loop(page: Page) -> None:
    x, y = ARTICLE.data.features, ARTICLE.data.target
    x, y = (x - x.mean(axis=0)) / x.std(axis=0), y - y.mean()
    home, w, steps = np.linalg.lstsq(x, y, rcond=None)[0], np.zeros(2), 0
    while np.linalg.norm(w - home) > 1e-6 * np.linalg.norm(home):
        w, steps = w - 0.5 * 2 / len(y) * x.T @ (x @ w - y), steps + 1
    (row,) = table(page, "standardized")
    assert row[6] == str(steps) == "7"
    (row,) = table(page, "raw")
    assert row[6] == str(ARTICLE.raw.steps) == "6352"


def test_the_race_s_table_is_what_the_code_computes(page: Page) -> None:
    names = ("gradient descent", "heavy ball", "Nesterov", "AdaGrad", "RMSProp", "Adam")
    found = {name.lower().replace(" ", "_"): (int(a), int(b)) for name, a, b in table(page, *names)}
    valley, bowl = ARTICLE.raw.optimizer_steps, ARTICLE.standardized.optimizer_steps
    assert found == {name: (valley[name], bowl[name]) for name in valley}


def test_the_spread_of_a_batch_s_mean_is_that_of_its_formula(page: Page) -> None:
    rows = [(int(size), float(spread)) for size, spread in table(page, "2", "5", "10", "20", "50")]
    assert len(rows) == 5
    for size, spread in rows:
        assert spread == pytest.approx(float(Fraction(100 - size, size * 99)) ** 0.5, abs=5e-5)


def test_a_correlation_leaves_what_its_formula_says(page: Page) -> None:
    rows = [row for row in table(page, "0.00", "0.50", "0.90", "0.99") if len(row) == 3]
    assert [float(condition) for _, condition, _ in rows] == pytest.approx([1, 3, 19, 199])


def test_it_tells_what_the_steps_count(page: Page) -> None:
    x, y = ARTICLE.data.features, ARTICLE.data.target
    low, high = np.linalg.eigvalsh(2 / len(y) * x.T @ x)
    home = np.linalg.lstsq(x, y, rcond=None)[0]
    once = 1 / (low + high) * 2 / len(y) * x.T @ y
    left = np.mean((x @ (once - home)) ** 2) / np.mean((x @ home) ** 2)
    assert f"leaves {100 * left:.2f} % of" in page.text
    assert f"weight of A at {once[0]:.2f} of {home[0]:.2f}" in page.text


def test_no_computed_number_is_typed() -> None:
    """Beside what papers, other programs and the question itself set."""
    written = (ROOT / "docs" / "maths.md").read_text(encoding="utf-8")
    told = written.partition("(sources)=")[0]
    prose = re.sub(r"(?s)\$\$.*?\$\$|```.*?```|`[^`]*`|\{\{.*?\}\}|\$[^$]*\$", "", told)
    typed = [
        number for number in re.findall(r"\d[\d.,]*\d{2,}", prose) if not re.fullmatch(r"(19|20)\d\d", number)
    ]
    assert set(typed) <= {"0.99", "2.1.15", "250"}, typed
