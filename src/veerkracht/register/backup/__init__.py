"""A copy of everything that is kept, made while people work (`making`), and putting it back (`restoring`).

The register is copied first and the log after it: a line of the log is written before what it tells of is done, so
the copy of the log knows of everything in the copy of the register. Documents are copied before the register and once
more after it: each that the register names is there, and a few more at most.
"""
