"""Cases of a practice: what is requested of a payer, its chart, its checks, and all that happens to it."""
