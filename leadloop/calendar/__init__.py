"""The working days of the company: where the public part of its calendar comes from."""
