"""A second solver of rounds: in Python, with OR-tools, written from docs/engine.md.

It shares nothing with Artel but that description, and comes to the same plan.
"""
