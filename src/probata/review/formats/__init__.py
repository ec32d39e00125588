"""How numbers are written in each language, where Django's way misleads."""
