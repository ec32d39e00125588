"""Custody: the log that cannot change unseen, its proofs, and releases that anyone can check."""
