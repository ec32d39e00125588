"""Pages: one file an area. Each view gives data; paging.py makes HTML or JSON of it."""
