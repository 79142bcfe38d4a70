"""Files as they really arrive: every format, whole charts, and what is broken or meant to do harm."""
