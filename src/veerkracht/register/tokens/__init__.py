"""Tokens: how a program of somebody's own reads or writes in one of their capacities, for a while."""
