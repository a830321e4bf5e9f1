"""Who looked at what and who changed what; kept in a database of its own (`log.record.record`)."""
