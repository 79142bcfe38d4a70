"""A practice of invented patients, to try the workspace with. Only a server that was started for it knows it."""
