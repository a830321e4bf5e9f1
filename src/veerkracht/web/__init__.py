"""Pages. A view reads the form, calls a gate, a query or an action, and renders; no rule lives here."""
