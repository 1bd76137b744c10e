"""Points from a company's own outcomes: a draft scorecard of few rules in whole points."""
