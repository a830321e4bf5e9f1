"""Spending: money followed from its envelope to its use; reads what other rooms keep, keeps nothing itself."""
