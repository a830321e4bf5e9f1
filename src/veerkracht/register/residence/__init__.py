"""Stays in homes: who lives where, absences, moves, prices, and how full homes are."""
