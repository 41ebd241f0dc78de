"""Examiners for load and fault tests: recorded ones, slow ones, and ones that stop their worker."""
