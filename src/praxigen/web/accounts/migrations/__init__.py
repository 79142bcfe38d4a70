"""How the tables of `accounts` came to be. Written by Django; a change of models adds a file."""
