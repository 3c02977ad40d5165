"""Fulfilment in rounds: some orders are picked, packed, labelled and shipped together.

Every tick is kept at once, so that a round that was interrupted goes on where it stood, on any machine; an order stands
in one open round at most, so that two packers never take the same.
"""
