"""Spreadsheets that people upload: whether they may be opened, and how their words compare."""
