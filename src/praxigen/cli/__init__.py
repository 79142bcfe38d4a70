"""The praxigen command. Thin: everything that it does can be done from Python."""
