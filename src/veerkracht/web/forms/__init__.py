"""Forms: what a reader may ask of a page, checked and turned into what a query or an action takes."""
