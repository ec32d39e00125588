"""Trained weights, made by tools/train.py."""
