"""Staff: who works in which sector and profession, and what can be open with them.

`model.build` makes the parameters of every run; the services kernel calls `step.step` once a month, with the work that
its stations give, and reads `state[FILL]`.
"""
