"""What every page of the workspace shares: the frame, headers, errors, uploads and the log."""
