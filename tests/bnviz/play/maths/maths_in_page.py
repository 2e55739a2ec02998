"""The page's own mathematics, run in Chromium on cases given as plain values."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import Any

from bnviz.play.joined import joined
from tests.bnviz.browser import chromium

Run = Callable[[str, Sequence[Any]], list[Any]]

_RUNNER = Path(__file__).with_name("runner.js")
# So much text is handed to the page at a time.
_BATCH = 1_000_000


@contextmanager
def maths_in_page() -> Iterator[Run]:
    """A function from a kind of cases and cases to what the page makes of each: see runner.js."""
    script = joined(resources.files("bnviz.play").joinpath("web"), "maths/index.js")  # type: ignore[arg-type]
    with chromium() as browser:
        browser.open("data:text/html,<title>maths</title>")
        browser.run(f"{script}\n{_RUNNER.read_text(encoding='utf-8')}")

        def run(kind: str, cases: Sequence[Any]) -> list[Any]:
            found: list[Any] = []
            batch: list[str] = []
            texts = [json.dumps(case) for case in cases]
            for index, text in enumerate(texts):
                batch.append(text)
                if sum(map(len, batch)) > _BATCH or index == len(texts) - 1:
                    answer = browser.run(f"return window.run({kind!r}, [{','.join(batch)}])")
                    found += json.loads(answer)
                    batch = []
            assert browser.complaints() == []
            return found

        yield run
