"""Money followed from word to result: joins what the region's files say, the ledger, results, places and care.

Queries only. Announced, agreed, voted, committed and paid are levels beside each other; nothing here adds across them,
and nothing tells about a person.
"""
