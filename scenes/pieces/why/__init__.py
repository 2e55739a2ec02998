"""Why batch norm works: a cloud that is shaken, bands of a loss's range, findings round a question."""
