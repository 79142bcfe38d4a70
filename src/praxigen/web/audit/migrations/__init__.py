"""How the tables of `audit` came to be. Written by Django; a change of models adds a file."""
