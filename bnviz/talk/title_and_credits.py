"""What stands on a talk's first and last page: title, speaker, place and date; what it is owed to."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from bnviz.errors import UserError
from bnviz.film.description import about_in
from scenes.kit import languages
from scenes.kit.script.data_names import markup

if TYPE_CHECKING:
    from scenes.kit.script.words import Words
    from scenes.kit.settings import Settings


@dataclass(frozen=True)
class Occasion:
    """Who speaks, where, and when, as it is to be written; what is empty is not written."""

    speaker: str = ""
    event: str = ""
    date: str = ""


@dataclass(frozen=True)
class TitlePage:
    """The first page. ``subject`` says what the talk is about; ``lines`` who speaks, where and when."""

    title: str
    subject: str
    occasion: Occasion

    @property
    def lines(self) -> tuple[str, ...]:
        """Who speaks, where, and when; what is not said is no line."""
        said = self.occasion
        return tuple(line for line in (said.speaker, said.event, said.date) if line)


@dataclass(frozen=True)
class CreditsPage:
    """The last page: a heading, and a line for each that the talk is owed to."""

    title: str
    lines: tuple[str, ...]


def title_page(settings: Settings, occasion: Occasion) -> TitlePage:
    """The first page of a talk about the settings' lesson, in their language.

    Raises:
        UserError: the language has no words for it.
    """
    words = _words(settings)
    return TitlePage(
        title=words.beat_title("title"),
        subject=about_in(words, settings.voice).subject,
        occasion=occasion,
    )


def credits_page(settings: Settings) -> CreditsPage:
    """The last page: the article or the data's source, what draws, the letters, and the voice if it is heard.

    Raises:
        UserError: the language has no words for it.
    """
    words = _words(settings)
    return CreditsPage(words.beat_title("credits"), about_in(words, settings.voice).credits)


def require_letters(occasion: Occasion, settings: Settings) -> None:
    """Refuse what the fonts of the settings' language cannot write.

    Raises:
        UserError: the message names the option and the letter.
    """
    from scenes.kit.lettering import fonts

    language = languages.named(settings.language)
    for field in fields(occasion):
        if reason := fonts.missing(markup(getattr(occasion, field.name)), language):
            raise UserError(f"--{field.name} cannot be written in the PDF: {reason}")


def _words(settings: Settings) -> Words:
    from scenes.kit.script.words import Words

    try:
        return Words("Talk", settings.lesson, settings.language)
    except KeyError as error:
        raise UserError(f"{error.args[0]}, whose words stand on the first and last page") from error
