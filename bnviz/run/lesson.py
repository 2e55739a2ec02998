"""The lesson that a command's user names, read before anything else is done, so that all answer alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bnviz.errors import UserError

if TYPE_CHECKING:
    from bn_math import Lesson
    from scenes.kit.settings import Settings


def lesson_of(settings: Settings) -> Lesson:
    """The lesson that ``settings`` name.

    Raises:
        UserError: it cannot be read, or says what no lesson can be.
    """
    from scenes.kit.settings import read_lesson

    try:
        return read_lesson(settings)
    except (ValueError, OSError) as error:
        raise UserError(f"--lesson {error}") from error
