"""Sheets of marks in millimetres, and how they become print and ink."""
