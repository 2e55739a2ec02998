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

from scenes.kit.beats import BeatScene, Narration
from scenes.kit.charts import marks
from scenes.kit.lettering import layout, typography
from scenes.kit.lettering.typography import HEADING
from scenes.kit.script import numbers
from scenes.pieces import sketches

TOP, TALL, GAP = 2.3, 3.35, 0.22  # of the cards: their upper edge, their height, the gap between them
ROW = layout.RIGHT_EDGE - layout.LEFT_EDGE
HALVES, THIRDS = (0.5, 0.5), (1 / 3, 1 / 3, 1 / 3)  # how cards share a row
WEIGHED = (0.37, 0.35, 0.28)
# The time line: its height, that of the first name below it, and from name to name.
LINE, NAMES, PITCH = -1.5, -2.42, 0.43
FIRST, LAST = layout.LEFT_EDGE + 1.0, layout.RIGHT_EDGE - 1.0  # its first and its last year
NOTE, ITEM, MARK = 30.0, 36.0, 50.0


class WhyItWorks(BeatScene):
    """The debate."""

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
            argued = self.card("ioffe", "argued", "ioffe_argued", 0, HALVES)
            measured = self.card("ioffe", "measured", "ioffe_measured", 1, HALVES, times=times)
            for card, sketch in ((argued, (without, with_it)), (measured, (long, short))):
                self.fit(VGroup(*sketch), card)
            self.key = self.make_key()
            second = self.when(beat, "first", self.words.label("measured"), 0.5)
            self.play(FadeIn(heading, self.line, self.key), FadeIn(argued), self.file("ioffe"), run_time=0.6)
            for group in (without, with_it):
                bells = [Create(bell) for bell in group[1:]]
                self.play(FadeIn(group[0]), LaggedStart(*bells, lag_ratio=0.5), run_time=1.5)
            self.pause(second - self.time)
            self.play(FadeIn(measured), run_time=0.4)
            for bar, seconds in ((long, 1.4), (short, 0.4)):
                self.play(GrowFromEdge(bar, LEFT), run_time=seconds)
            self.cards = VGroup(argued, without, with_it, measured, long, short)

    def answers(self) -> None:
        """Three answers of one year."""
        self.three(
            "answers",
            WEIGHED,
            ("santurkar", "measured", sketches.drift_put_back),
            ("bjorck", "measured", sketches.diverging),
            ("kohler", "proved", sketches.length_and_direction),
        )

    def limits(self) -> None:
        """What it costs, and where it does not do what was said."""
        self.three(
            "limits",
            THIRDS,
            ("luo", "derived", lambda: sketches.penalty(self.words.label("gamma_axis"))),
            ("yang", "derived", lambda: sketches.exploding(self.words.label("gradient"))),
            (
                "yao",
                "measured",
                lambda: sketches.by_depth(self.words.label("shallow"), self.words.label("deep")),
            ),
        )

    def three(
        self, name: str, shares: tuple[float, ...], *papers: tuple[str, str, Callable[[], VGroup]]
    ) -> None:
        """A card for each of three papers, when the sentence comes to its first author."""
        with self.beat(name) as beat:
            authors = [self.words.label(paper).split()[0] for paper, *_ in papers]
            starts = [self.when(beat, name, who, place / 3) for place, who in enumerate(authors)]
            self.fade_out(self.cards, run_time=0.4)
            self.cards = VGroup()
            for place, (paper, verb, draw) in enumerate(papers):
                card = self.card(paper, verb, f"{paper}_found", place, shares)
                sketch = self.fit(draw(), card)
                self.pause(starts[place] - self.time)
                self.play(FadeIn(card), self.file(paper), run_time=0.5)
                self.play(Create(sketch, lag_ratio=0.3), run_time=1.2)
                self.cards.add(card, sketch)

    def when(self, beat: Narration, name: str, word: str, otherwise: float) -> float:
        """The second at which the sentence that has just begun comes to ``word``, by its share of letters."""
        (sentence,) = self.words.narration(name)
        place = sentence.spoken.find(word)
        share = place / len(sentence.spoken) if place >= 0 else otherwise
        return self.time + share * beat.time_left

    def today(self) -> None:
        """Two columns: what is settled, and what is not."""
        with self.beat("today") as beat:
            self.fade_out(self.cards, self.key, run_time=0.4)
            settled = self.column("settled", ("scales", "rates", "noise"), 0)
            debated = self.column("debated", ("why", "smooth", "regular"), 1)
            second = self.when(beat, "today", self.words.label("why").split()[0], 0.6)
            self.play(FadeIn(settled[0]), run_time=0.4)
            rows = LaggedStart(*map(FadeIn, settled[1:]), lag_ratio=0.6)
            self.play(rows, run_time=max(second - self.time - 0.2, 1.8))
            self.pause(second - self.time)
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
                name = typography.label(numbers.write(year, "year"), size=NOTE)
                line[-1].add(typography.align_baseline(name, LINE - 0.47).set_x(place[0]))
        first, second, *_ = sorted(set(self.years))
        note = typography.label(self.words.label("cited"), size=NOTE)
        line.add(
            typography.align_baseline(note, LINE - 0.47).set_x(self.x_of(first) / 2 + self.x_of(second) / 2)
        )
        return line

    def file(self, paper: str) -> LaggedStart:
        """The name goes to its year on the time line, below those that are there."""
        year = self.papers[paper]["year"]
        row = self.filed[year] = self.filed.get(year, -1) + 1
        name = typography.label(self.words.label(paper), self.theme.text, NOTE)
        typography.align_baseline(name, NAMES - PITCH * row).set_x(self.x_of(year))
        dot = Dot(layout.at(self.x_of(year), LINE), 0.11, color=self.theme.ball)
        arrive = [FadeIn(dot, scale=0.3)] if row == 0 else []
        return LaggedStart(*arrive, FadeIn(name, shift=0.3 * DOWN), lag_ratio=0.3)

    # -- the cards -------------------------------------------------------------------------------------------
    def card(
        self, who: str, verb: str, found: str, place: int, shares: tuple[float, ...], **values: float
    ) -> VGroup:
        """A paper: its authors, what kind of finding it is, and the finding below the room for a sketch."""
        room = ROW - GAP * (len(shares) - 1)
        wide, left = shares[place] * room, layout.LEFT_EDGE + sum(shares[:place]) * room + place * GAP
        panel = RoundedRectangle(width=wide, height=TALL, corner_radius=0.12, stroke_width=0)
        panel.set_fill(self.theme.panel, 1)
        panel.move_to(layout.at(left, TOP), LEFT + UP)
        name = typography.label(self.words.label(who), self.theme.text, ITEM)
        typography.align_baseline(name, TOP - 0.5, left=left + 0.28)
        kind = typography.label(self.words.label(verb), size=NOTE)
        typography.align_baseline(kind, TOP - 0.5, right=left + wide - 0.28)
        text = typography.label(self.words.label(found, **values), self.theme.text, NOTE)
        text.move_to(layout.at(left + 0.28, TOP - TALL + 0.28), LEFT + DOWN)
        return VGroup(panel, name, kind, text)

    def fit(self, sketch: VGroup, card: VGroup) -> VGroup:
        """Put a sketch into the room that a card has for it, as large as that allows."""
        panel, name, _, text = card
        low, high = text.get_top()[1] + 0.2, name.get_bottom()[1] - 0.2
        sketch.scale(min((panel.width - 0.6) / sketch.width, (high - low) / sketch.height, 1.25))
        return sketch.move_to(layout.at(panel.get_x(), (low + high) / 2))

    def make_key(self) -> VGroup:
        """Which color is what; and that these are sketches."""
        rows = VGroup()
        for key, color, dashed in (("without", self.theme.valley, True), ("with", self.theme.bowl, False)):
            kind = DashedLine if dashed else Line
            sample = kind(LEFT * 0.3, RIGHT * 0.3, color=color, stroke_width=6)
            rows.add(VGroup(sample, typography.label(self.words.label(key), color)).arrange(buff=0.2))
        note = typography.label(self.words.label("sketches"), size=NOTE)
        rows.add(note).arrange(buff=0.6)
        return rows.move_to(layout.at(layout.RIGHT_EDGE, 3.05), RIGHT)

    # -- the sum ---------------------------------------------------------------------------------------------
    def column(self, key: str, items: tuple[str, ...], place: int) -> VGroup:
        """A heading, and below it what belongs there, each with its mark."""
        is_settled = key == "settled"
        color = self.theme.bowl if is_settled else self.theme.ball
        left = layout.LEFT_EDGE + place * (ROW + GAP) / 2
        head = typography.Text(self.words.label(key), HEADING, color)
        rows = VGroup(typography.align_baseline(head, 1.95, left=left))
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
                typography.align_baseline(
                    typography.label(self.words.label(item), self.theme.text, ITEM), y, left=left + 0.65
                )
            )
            if item == "scales" and (words := self.words.label("scales_here")):
                y -= 0.45
                here = typography.label(words, size=NOTE)
                row.add(typography.align_baseline(here, y, left=left + 0.65))
            rows.add(row)
            y -= 0.75
        return rows
