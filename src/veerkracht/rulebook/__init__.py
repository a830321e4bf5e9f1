"""What a rule is: dated values, conditions, order, handing out, cost, explanation.

Pure functions on columns: a table of requests in, a table or a column out. They know no file, no region and
no database, so that the register, the forecast and a page that tries a draft all run the very same rule.
"""
