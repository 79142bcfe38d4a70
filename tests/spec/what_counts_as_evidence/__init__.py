"""What counts as evidence

A leaf is answered from facts. Filters (state, who, where) say which facts are meant; thresholds (duration, value,
outcome, dates) say whether one is enough.
"""
