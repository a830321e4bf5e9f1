"""Plans that people make for themselves: measures on top of a plan of the region, kept as the text of a plan file."""
