"""What pages and programs read of what follows a safe place."""
