"""Dutch. What browsers want in a date field stands first, so that a day is kept when a form comes back with a fault;
the others are how people write one themselves.
"""

DATE_INPUT_FORMATS = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y"]
