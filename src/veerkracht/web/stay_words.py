"""The words of what happens in a stay."""

from django.utils.translation import gettext_lazy as _

HAPPENED = {
    "started": _("Came to live here"),
    "moved": _("Moved to another place"),
    "left": _("Away"),
    "returned": _("Back"),
    "ended": _("Left for good"),
}
