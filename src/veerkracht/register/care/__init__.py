"""Requests as chains of steps, budgets, and the rounds that hand out money."""
