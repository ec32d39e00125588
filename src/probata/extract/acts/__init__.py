"""Acts: the words that state one, the clause they stand in, and who and what has which part in it."""
