"""Documents in a case: a file that somebody added, kept apart from the web, read only through a gate."""
