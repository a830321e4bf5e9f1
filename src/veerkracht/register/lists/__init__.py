"""The lists of homes: one request that stands at many homes, each with rules of its own."""
