"""The verbs that change requests, budgets and rounds: one function, one transaction each."""
