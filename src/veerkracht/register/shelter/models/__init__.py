"""What follows when a safe place was found: stays and their clocks, consents, counselling, the helpline, campaigns."""

from veerkracht.register.shelter.models.campaigns import Campaign, CampaignReach
from veerkracht.register.shelter.models.contacts import ContactMessage
from veerkracht.register.shelter.models.counselling import Counselling, CounsellingStep
from veerkracht.register.shelter.models.offline import OfflineNote
from veerkracht.register.shelter.models.stays import (
    Alarm,
    CrisisStay,
    Guest,
    GuestConsent,
    HandOver,
    StayStep,
)

__all__ = [
    "Alarm",
    "Campaign",
    "CampaignReach",
    "ContactMessage",
    "Counselling",
    "CounsellingStep",
    "CrisisStay",
    "Guest",
    "GuestConsent",
    "HandOver",
    "OfflineNote",
    "StayStep",
]
