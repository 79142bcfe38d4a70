"""Report out: text for a terminal, JSON for programs, HTML for people."""
