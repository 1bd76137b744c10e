"""The sections of the page of data, one module a question."""
