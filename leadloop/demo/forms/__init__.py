"""The demo company as exports of named tools; what none of them can carry stays canonical."""

from leadloop.demo.forms.write import SUPPORTED, folders, generate_tools, parse_tools

__all__ = ["SUPPORTED", "folders", "generate_tools", "parse_tools"]
