"""The posters in the README, and the table they stand in."""
