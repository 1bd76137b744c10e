"""What every page shares: language, filters, frame, charts, exports."""
