"""Real options, one file for each."""
