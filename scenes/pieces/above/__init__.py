"""The film once more, from straight above: a line of equal loss that is a needle, a circle, and shivers."""
