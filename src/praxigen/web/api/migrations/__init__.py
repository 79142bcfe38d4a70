"""How the tables of `api` came to be. Written by Django; a change of models adds a file."""
