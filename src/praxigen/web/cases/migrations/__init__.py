"""How the tables of `cases` came to be. Written by Django; a change of models adds a file."""
