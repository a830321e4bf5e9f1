"""What the log keeps in the register's own database: its heads, so that a tail cut off is seen, and the permits to
clear rows there.
"""
