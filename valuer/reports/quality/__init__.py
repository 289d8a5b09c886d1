"""The quality report of a patent agency (代理质量报告): an agency's docket, in print.

``gathering`` takes from the docket what is printed, in aggregate; the report is made of
that and of nothing else, and carries it, so that every figure can be found anew.
"""
