"""Why it works in deep networks: what was argued and what was measured, on a time line; what is settled."""

from __future__ import annotations

from collections.abc import Callable

from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Create,
    DashedLine,
    Dot,
    FadeIn,
    GrowFromEdge,
    LaggedStart,
    Line,
    Mobject,
    RoundedRectangle,
    VGroup,
)

from scenes.kit import layout, marks, numbers, sketches, typography
from scenes.kit.beats import BeatScene
from scenes.kit.typography import HEADING, SMALL

TOP, TALL, GAP = 2.3, 3.15, 0.22  # of the cards: their upper edge, their height, the gap between them
ROW = layout.RIGHT_EDGE - layout.LEFT_EDGE
CARD, WIDE_CARD = (ROW - 2 * GAP) / 3, (ROW - GAP) / 2  # three in a row, or two
# The time line: its height, that of the first name below it, and from name to name.
LINE, NAMES, PITCH = -1.55, -2.42, 0.38
FIRST, LAST = layout.LEFT_EDGE + 1.0, layout.RIGHT_EDGE - 1.0  # its first and its last year
ITEM, MARK = 36.0, 50.0


class WhyItWorks(BeatScene):
    """Scene 16: the debate."""

    poster = "answers"

    def construct(self) -> None:
        """The first answer, three others, the limits, and what is settled."""
        self.papers = self.words.table("papers")
        self.years = [paper["year"] for paper in self.papers.values()]
        self.filed: dict[int, int] = {}
        self.first()
        self.answers()
        self.limits()
        self.today()

    def first(self) -> None:
        """The first explanation, and what was measured with it."""
        with self.beat("first") as beat:
            heading = layout.heading(typography.title(self.words.title))
            self.line = self.time_line()
            times = self.papers["ioffe"]["times_fewer"]
            without, with_it = sketches.drifting()
            long, short = sketches.two_bars(times)
            argued = self.card("ioffe", "argued", "ioffe_argued", 0, WIDE_CARD)
            measured = self.card("ioffe", "measured", "ioffe_measured", 1, WIDE_CARD, times=times)
            for card, sketch in ((argued, (without, with_it)), (measured, (long, short))):
                VGroup(*sketch).shift(self.field(card))
            self.key = self.make_key()
            self.play(FadeIn(heading), FadeIn(self.line[0]), run_time=0.5)
            self.play(FadeIn(self.line[1:], lag_ratio=0.1), FadeIn(self.key), run_time=0.8)
            self.play(FadeIn(argued), self.file("ioffe"), run_time=0.6)
            for group in (without, with_it):
                bells = [Create(bell) for bell in group[1:]]
                self.play(FadeIn(group[0]), LaggedStart(*bells, lag_ratio=0.5), run_time=1.5)
            beat.next_sentence()
            self.play(FadeIn(measured), run_time=0.4)
            for bar, seconds in ((long, 1.4), (short, 0.4)):
                self.play(GrowFromEdge(bar, LEFT), run_time=seconds)
            self.cards = VGroup(argued, without, with_it, measured, long, short)

    def answers(self) -> None:
        """Three answers of one year."""
        self.three(
            "answers",
            ("santurkar", "measured", sketches.rough_and_smooth),
            ("bjorck", "measured", sketches.diverging),
            ("kohler", "proved", sketches.length_and_direction),
        )

    def limits(self) -> None:
        """What it costs, and where it does not do what was said."""
        self.three(
            "limits",
            ("luo", "derived", lambda: sketches.penalty(self.words.label("gamma_axis"))),
            ("yang", "derived", lambda: sketches.exploding(self.words.label("gradient"))),
            (
                "yao",
                "measured",
                lambda: sketches.by_depth(self.words.label("shallow"), self.words.label("deep")),
            ),
        )

    def three(self, name: str, *papers: tuple[str, str, Callable[[], VGroup]]) -> None:
        """A card for each of three papers, with the sentence that speaks of it."""
        with self.beat(name) as beat:
            self.fade_out(self.cards, run_time=0.4)
            self.cards = VGroup()
            for place, (paper, verb, draw) in enumerate(papers):
                if place:
                    beat.next_sentence()
                card = self.card(paper, verb, f"{paper}_found", place, CARD)
                sketch = draw().shift(self.field(card))
                self.play(FadeIn(card), self.file(paper), run_time=0.6)
                self.play(Create(sketch, lag_ratio=0.3), run_time=1.4)
                self.cards.add(card, sketch)

    def today(self) -> None:
        """Two columns: what is settled, and what is not."""
        with self.beat("today") as beat:
            self.fade_out(self.cards, self.key, run_time=0.4)
            settled = self.column("settled", ("scales", "rates", "noise"), 0)
            debated = self.column("debated", ("why", "smooth", "regular"), 1)
            self.play(FadeIn(settled[0]), run_time=0.4)
            self.play(
                LaggedStart(*map(FadeIn, settled[1:]), lag_ratio=0.6), run_time=max(beat.time_left - 0.2, 1.8)
            )
            beat.next_sentence()
            self.play(FadeIn(debated[0]), run_time=0.4)
            self.play(LaggedStart(*map(FadeIn, debated[1:]), lag_ratio=0.6), run_time=1.8)

    # -- the time line ---------------------------------------------------------------------------------------
    def x_of(self, year: int) -> float:
        """Where a year stands."""
        return FIRST + (LAST - FIRST) * (year - min(self.years)) / (max(self.years) - min(self.years))

    def time_line(self) -> VGroup:
        """A line with a tick for every year, and the names of those that have a paper."""
        line = VGroup(
            Line(
                layout.at(layout.LEFT_EDGE, LINE),
                layout.at(layout.RIGHT_EDGE, LINE),
                color=self.theme.rule,
                stroke_width=3,
            )
        )
        for year in range(min(self.years), max(self.years) + 1):
            place = layout.at(self.x_of(year), LINE)
            tick = Line(place + 0.09 * UP, place + 0.09 * DOWN, color=self.theme.rule, stroke_width=3)
            line.add(VGroup(tick))
            if year in self.years:
                name = typography.label(numbers.write(year, "year"), size=SMALL)
                line[-1].add(typography.stand(name, LINE - 0.47).set_x(place[0]))
        return line

    def file(self, paper: str) -> LaggedStart:
        """The name goes to its year on the time line, below those that are there."""
        year = self.papers[paper]["year"]
        row = self.filed[year] = self.filed.get(year, -1) + 1
        name = typography.label(self.words.label(paper), self.theme.text, SMALL)
        typography.stand(name, NAMES - PITCH * row).set_x(self.x_of(year))
        dot = Dot(layout.at(self.x_of(year), LINE), 0.11, color=self.theme.ball)
        arrive = [FadeIn(dot, scale=0.3)] if row == 0 else []
        return LaggedStart(*arrive, FadeIn(name, shift=0.3 * DOWN), lag_ratio=0.3)

    # -- the cards -------------------------------------------------------------------------------------------
    def card(self, who: str, verb: str, found: str, place: int, wide: float, **values: float) -> VGroup:
        """A paper: its authors, what kind of finding it is, and the finding below the room for a sketch."""
        panel = RoundedRectangle(width=wide, height=TALL, corner_radius=0.12, stroke_width=0)
        panel.set_fill(self.theme.panel, 1)
        left = layout.LEFT_EDGE + place * (wide + GAP)
        panel.move_to(layout.at(left, TOP), LEFT + UP)
        name = typography.label(self.words.label(who), self.theme.text)
        typography.stand(name, TOP - 0.5, left=left + 0.28)
        kind = typography.label(self.words.label(verb), size=SMALL)
        typography.stand(kind, TOP - 0.5, right=left + wide - 0.28)
        text = typography.label(self.words.label(found, **values), self.theme.text, SMALL)
        text.move_to(layout.at(left + 0.28, TOP - TALL + 0.28), LEFT + DOWN)
        return VGroup(panel, name, kind, text)

    def field(self, card: VGroup) -> list[float]:
        """The middle of a card's room for its sketch."""
        low, high = card[3].get_top()[1], card[1].get_bottom()[1]
        return [float(card[0].get_x()), float((low + high) / 2), 0.0]

    def make_key(self) -> VGroup:
        """Which colour is what; and that these are sketches."""
        rows = VGroup()
        for key, color, dashed in (("without", self.theme.valley, True), ("with", self.theme.bowl, False)):
            kind = DashedLine if dashed else Line
            sample = kind(LEFT * 0.3, RIGHT * 0.3, color=color, stroke_width=6)
            rows.add(VGroup(sample, typography.label(self.words.label(key), color)).arrange(buff=0.2))
        note = typography.label(self.words.label("sketches"), size=SMALL)
        rows.add(note).arrange(buff=0.6)
        return rows.move_to(layout.at(layout.RIGHT_EDGE, 3.05), RIGHT)

    # -- the sum ---------------------------------------------------------------------------------------------
    def column(self, key: str, items: tuple[str, ...], place: int) -> VGroup:
        """A heading, and below it what belongs there, each with its mark."""
        is_settled = key == "settled"
        color = self.theme.bowl if is_settled else self.theme.ball
        left = layout.LEFT_EDGE + place * (WIDE_CARD + GAP)
        head = typography.Text(self.words.label(key), HEADING, color)
        rows = VGroup(typography.stand(head, 1.95, left=left))
        y = 1.2
        for item in items:
            mark: Mobject = (
                marks.tick(color)
                if is_settled
                else typography.Text(self.words.label("question"), MARK, color)
            )
            mark.move_to(layout.at(left + 0.2, y + 0.1))
            row = VGroup(mark)
            row.add(
                typography.stand(
                    typography.label(self.words.label(item), self.theme.text, ITEM), y, left=left + 0.65
                )
            )
            if item == "scales":
                y -= 0.45
                here = typography.label(self.words.label("scales_here"), size=SMALL)
                row.add(typography.stand(here, y, left=left + 0.65))
            rows.add(row)
            y -= 0.75
        return rows
