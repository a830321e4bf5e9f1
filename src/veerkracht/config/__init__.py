"""How Veerkracht is set up as a Django project. Outside the floors: nothing here knows a rule."""
