"""What pages and others read."""
