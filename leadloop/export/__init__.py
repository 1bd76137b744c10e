"""Scores back into the tools: which rows, in which form, and what was written last."""
