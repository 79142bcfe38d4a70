"""What the reader makes of notes: small claims, labelled notes, and the floors under which it must not fall."""
