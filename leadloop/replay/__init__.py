"""Scores of the past, and scores under other rules."""
