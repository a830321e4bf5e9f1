"""Who is at the keyboard: what Veerkracht adds to django-allauth (docs/signing-in.md)."""
