"""Who has places, which of them are free, and who holds one for somebody."""
