"""Rules: each module makes the facts of one kind of thing that a note tells."""
