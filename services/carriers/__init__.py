"""Carriers: whose a tracking number is, whether its check digit holds, and the page that tracks it.

`recognising.recognised(number)` is the door; `pages.tracking_url(carrier, number)` is the link for a carrier by name.
"""
