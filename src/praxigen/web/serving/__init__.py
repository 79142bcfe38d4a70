"""Makes a machine ready for the workspace and serves it."""
