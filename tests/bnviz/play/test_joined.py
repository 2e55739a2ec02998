"""JavaScript modules as one script: in order, each once, and nothing of them seen from outside."""

from __future__ import annotations

from pathlib import Path

import pytest

from bnviz.play.joined import joined
from tests.bnviz.browser import MISSING, chromium


def write(folder: Path, **modules: str) -> Path:
    for name, text in modules.items():
        (folder / f"{name}.js").write_text(text, encoding="utf-8")
    return folder


def test_what_is_imported_comes_first_and_once(tmp_path: Path) -> None:
    (tmp_path / "low").mkdir()
    write(tmp_path / "low", one="// One.\nexport const one = 1;\n")
    web = write(
        tmp_path,
        two='// Two.\nimport { one } from "./low/one.js";\nexport function two() {\n  return 2 * one;\n}\n',
        main='// Main.\nimport { two } from "./two.js";\nimport {\n  one,\n} from "./low/one.js";\n'
        "export const three = one + two();\n",
    )
    script = joined(web, "main.js")
    places = [script.index(f"// -- {name} --") for name in ("low/one.js", "two.js", "main.js")]
    assert places == sorted(places)
    assert script.count("const one = 1") == 1
    assert "import" not in script and "export" not in script
    assert "window.bnviz = { ...module3 };" in script


@pytest.mark.skipif(bool(MISSING), reason=MISSING)
def test_every_module_keeps_its_own_names(tmp_path: Path) -> None:
    web = write(
        tmp_path,
        a="const own = 1;\nexport function a() {\n  return own;\n}\n",
        b="const own = 2;\nexport class B {\n  get it() {\n    return own;\n  }\n}\n",
        main='import { a } from "./a.js";\nimport { B } from "./b.js";\nconst own = 3;\n'
        "export const all = [a(), new B().it, own];\n",
    )
    with chromium() as browser:
        browser.open("about:blank")
        assert browser.run(joined(web, "main.js") + "return window.bnviz.all;") == [1, 2, 3]


@pytest.mark.parametrize(
    ("modules", "sentence"),
    [
        ({"main": 'import { x } from "./main.js";\n'}, "main.js -> main.js"),
        ({"main": 'import { x } from "./a.js";\n', "a": "const x = 1;\n"}, "main.js imports x from a.js"),
        ({"main": 'import x from "./a.js";\n'}, "main.js: modules import and export in one way"),
        ({"main": "export default 1;\n"}, "export default 1;"),
    ],
)
def test_what_cannot_be_joined_is_refused(modules: dict[str, str], sentence: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=".") as refusal:
        joined(write(tmp_path, **modules), "main.js")
    assert sentence in str(refusal.value)
