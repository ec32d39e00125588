"""Capturing: pages of the web, with all they show, into a web archive whose parts anyone can check."""
