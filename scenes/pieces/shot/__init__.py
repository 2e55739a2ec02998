"""What the shot from valley to bowl draws, and the bowl after it: its moments, rows, lines and numbers."""
