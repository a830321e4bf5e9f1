"""How dates and numbers are written in form fields, where that differs from what Django takes."""
