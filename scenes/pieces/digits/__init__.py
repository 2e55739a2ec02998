"""Pictures of handwritten digits, and of what a network makes of them."""
