"""Facts, a guideline and a request in, a report out. Pure: no clock, no network, no notes, only facts."""
