"""The audit trail: what was done, by whom and to what, as a chain that anyone can verify. No patient words."""
