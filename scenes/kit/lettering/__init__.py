"""Letters and where they stand: text, formulas, counters, layout."""
