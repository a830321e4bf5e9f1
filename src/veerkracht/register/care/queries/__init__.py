"""What a page or the forecast reads of requests, budgets and rounds."""
