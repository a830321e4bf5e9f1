"""Tests that failed, run once more: what then passes hung on luck, and is told apart from what is broken.

One test out of thousands that hangs on the speed of a machine would otherwise hold up a change that has nothing to
do with it. It is never passed over in silence: the page at the end names it, because it must be mended.
"""

import json
from dataclasses import dataclass
from pathlib import Path

# pytest's own: some tests failed; not that it was interrupted, or could not read them.
TESTS_FAILED = 1
# More than these is no luck.
FEW = 3
_KEPT = Path("v", "cache", "lastfailed")


@dataclass(frozen=True)
class Failures:
    """What failed in a run of pytest that was asked to remember it in `folder`."""

    folder: Path

    @property
    def remembered(self) -> list[str]:
        """The words for pytest by which a run remembers what failed in it."""
        return ["-o", f"cache_dir={self.folder}"]

    @property
    def again(self) -> list[str]:
        """The words for pytest that run only these, and remember what fails again."""
        return [*self.remembered, "--last-failed", "--last-failed-no-failures=none"]

    def names(self) -> list[str]:
        """The tests that failed; none when a run fell over before it could say."""
        file = self.folder / _KEPT
        return sorted(json.loads(file.read_text(encoding="utf-8"))) if file.is_file() else []

    def worth_another(self, code: int) -> bool:
        """Whether a run that ended with `code` failed on so little that it may be luck."""
        return code == TESTS_FAILED and 0 < len(self.names()) <= FEW
