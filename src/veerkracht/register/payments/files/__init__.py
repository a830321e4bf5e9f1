"""Files from and to the bank: what they must be, made and read. No database here."""
