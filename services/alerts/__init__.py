"""Alerts: conditions over figures, watched while the app runs, told once."""
