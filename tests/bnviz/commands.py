"""The command ``bnviz``, run by tests in their own process."""

from __future__ import annotations

import re

from typer.testing import CliRunner

from bnviz.cli import app


def run(*arguments: str) -> tuple[int, str]:
    """Its exit code, and what it said, in one line. A traceback fails the test."""
    result = CliRunner().invoke(app.app, arguments, env={"COLUMNS": "400", "NO_COLOR": "1", "TERM": "dumb"})
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, re.sub(r"\s+", " ", result.output)
