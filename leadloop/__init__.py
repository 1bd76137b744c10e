"""leadloop: lead qualification that marketing and sales can argue with."""

__version__ = "0.1.0"
