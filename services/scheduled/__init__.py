"""Reports by mail: a kept chart or a board, every day, week or month at the shop's hour."""
