"""Charts that people keep, and boards of them."""
