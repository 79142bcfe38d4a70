"""What to ask

The smallest set of open criteria that would settle a request, with a neutral question for each.
"""
