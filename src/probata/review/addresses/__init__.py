"""Addresses: one list an area, taken together in urls.py."""
