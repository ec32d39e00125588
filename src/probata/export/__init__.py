"""Exports: claims and attributions in the forms people and programs read, one file a format."""
