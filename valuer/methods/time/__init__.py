"""Time value of money: what a spreadsheet has functions for."""
