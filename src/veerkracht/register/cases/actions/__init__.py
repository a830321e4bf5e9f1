"""What is done on a case, one verb a function: everything checked first, all or nothing, and written in the log."""

from .consents import Terms, answer_consent, record_consent, revoke_consent
from .consultations import Meeting, add_member, end_consultation, note, open_consultation, remove_member
from .emergency import open_emergency, review_emergency
from .notices import read_notices
from .referrals import answer_referral, end_referral, send_referral
from .workers import assign, end_case_work

__all__ = [
    "Meeting",
    "Terms",
    "add_member",
    "answer_consent",
    "answer_referral",
    "assign",
    "end_case_work",
    "end_consultation",
    "end_referral",
    "note",
    "open_consultation",
    "open_emergency",
    "read_notices",
    "record_consent",
    "remove_member",
    "review_emergency",
    "revoke_consent",
    "send_referral",
]
