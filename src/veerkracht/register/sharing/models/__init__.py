from .consents import Consent, ConsentVoice
from .consultations import Consultation, ConsultationMember, ConsultationNote
from .emergency import EmergencyAccess
from .protection import Address, RestrictedAccess
from .referrals import Referral
from .workers import CaseWorker, Notice, Representation, RepresentationCode

__all__ = [
    "Address",
    "CaseWorker",
    "Consent",
    "ConsentVoice",
    "Consultation",
    "ConsultationMember",
    "ConsultationNote",
    "EmergencyAccess",
    "Notice",
    "Referral",
    "Representation",
    "RepresentationCode",
    "RestrictedAccess",
]
