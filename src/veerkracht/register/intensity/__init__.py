"""How heavy the care of residents is, by home and by area: the staff and the money that the norms give for it, and the
gap. Queries only: residents, assessments, places and staff are kept elsewhere.
"""
