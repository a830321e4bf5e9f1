"""Who else may see a person's file, on what ground, and what is kept from everybody."""
