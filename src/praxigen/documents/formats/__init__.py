"""One parser a format. Each turns the bytes of a file into a `Parsed`; all of them run in the child process only."""
