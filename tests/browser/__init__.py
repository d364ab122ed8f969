"""The roles' main jobs and every page, in a real browser on the whole stack."""
