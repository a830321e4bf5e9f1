"""The register: who asked for what, what was decided, with which money, and who looked."""
