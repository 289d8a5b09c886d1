"""Ways to a share or royalty rate, and the score of a patent."""
