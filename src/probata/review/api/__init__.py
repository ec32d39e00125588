"""The API for programs: the same work as the pages, by tokens."""
