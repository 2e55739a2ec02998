"""What an order of films costs: the order that is measured, and its table."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.orders import measure
from benchmarks.orders.measure import OrderCost, order_lines, write_orders
from bnviz.errors import UserError
from bnviz.orders.order import products
from scenes.kit.settings import load_lesson


def test_every_film_of_the_order_has_another_lesson(tmp_path: Path) -> None:
    found = products(write_orders(tmp_path, 3, ["Valley", "Bowl"]))
    assert {(item.kind, item.quality, item.silent) for item in found} == {("film", "low", False)}
    assert {item.scenes for item in found} == {("Valley", "Bowl")}
    lessons = [load_lesson(item.lesson) for item in found if item.lesson]
    assert len({lesson.raw.loss.value((1.0, 1.0)).tobytes() for lesson in lessons}) == 3


def test_a_row_says_how_much_film_comes_of_a_minute() -> None:
    cost = OrderCost(2, 20, film_minutes=120.0, seconds=3600.0, again=2.5, rendered=30, kept=250)
    lines = list(order_lines([cost], ["Valley", "Bowl"]))
    assert "| 2 | 20 | 120.0 | 60.0 | 2.00 | 30 | 250 | 2.5 |" in lines
    assert all(line.count("|") == 9 for line in lines if line.startswith("|"))


def test_an_order_that_fails_is_told(tmp_path: Path) -> None:
    (tmp_path / "orders.toml").write_text("[[order]]\nmake = ['nothing']\n", encoding="utf-8")
    with pytest.raises(UserError, match="the order could not be made: .*make names 'nothing'"):
        measure._run(tmp_path / "orders.toml", 1)
