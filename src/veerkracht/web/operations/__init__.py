"""What the engineer on call sees: one line and a few numbers a request, never what or whom it was about."""
