"""What pages read about the work on a case. Each gates what it shows, and logs the look where it is of a person."""
