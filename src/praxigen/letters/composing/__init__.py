"""Letters out: typed sentences with their sources, put in order by templates, proven, and written in four formats."""
