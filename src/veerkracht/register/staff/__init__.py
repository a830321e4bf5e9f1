"""Staff: who works where, who comes and goes, as organisations and statistics report it."""
