"""What the race of optimizers is drawn with: a map for each rule, its way, its steps; and charts of rates."""
