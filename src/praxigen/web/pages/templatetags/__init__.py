"""What the workspace's templates may call."""
