"""Verify manufacturer letters for used-car export: read, parse, compare, judge."""

__version__ = "0.1.0"
