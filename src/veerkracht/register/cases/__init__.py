"""Work on a person's case: who follows it, with whom it is shared and on which ground, and who is told.

Its rows are in `sharing`, below permissions, which read them; what changes and shows them asks permissions first.
"""
