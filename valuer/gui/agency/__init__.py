"""The parts of the window in which an agency looks at its own filings."""
