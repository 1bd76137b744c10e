"""The parts of the funnel page."""
