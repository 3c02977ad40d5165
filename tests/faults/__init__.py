"""What breaks, on purpose: processes killed at any moment, an order's life against a model, faults with a sentence."""
