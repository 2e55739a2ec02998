"""What the tests of bn_math share: the lesson, and how a printed number is compared."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from bn_math import Lesson


@pytest.fixture(scope="session")
def lesson() -> Lesson:
    """The article's lesson, computed once."""
    return Lesson.article()


@pytest.fixture(scope="session")
def printed() -> Callable[[str], Any]:
    """A number as it is printed: equal to whatever rounds to it."""

    def approx(text: str) -> Any:
        exponent = Decimal(text).as_tuple().exponent
        assert isinstance(exponent, int)
        return pytest.approx(float(text), rel=0, abs=0.500001 * 10.0**exponent)

    return approx
