"""Backups: made, kept in rotation, tried, restored."""
