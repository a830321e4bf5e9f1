"""What is done with results: reporting, confirming, and explaining figures that do not agree."""

from veerkracht.register.results.actions.reconciling import note_reconciliation, settle_reconciliation
from veerkracht.register.results.actions.reporting import Reported, confirm_result, report_result

__all__ = ["Reported", "confirm_result", "note_reconciliation", "report_result", "settle_reconciliation"]
