"""A patent agency's own filings: quality and credit, as values and rules.

Nothing here reads a file or a table: the caller brings the docket, the events and
the rule pack, and shows what comes of them.
"""
