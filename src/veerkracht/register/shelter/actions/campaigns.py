"""Campaigns that make help known: what was done, by which measure, and whom it reached."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from veerkracht.register import clock
from veerkracht.register.constraints import said
from veerkracht.register.errors import Invalid
from veerkracht.register.log.record import record
from veerkracht.register.people import areas
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require
from veerkracht.register.quality.actions.improvements import measures
from veerkracht.register.rows import locked
from veerkracht.register.shelter.models import Campaign, CampaignReach
from veerkracht.rulebook.types import Text

EARLIEST, LONGEST = date(1990, 1, 1), timedelta(days=3 * 366)
_LENGTHS = {"name": 200, "channel": 200, "counted": 200, "source": 300}


@dataclass(frozen=True, kw_only=True)
class Meant:
    """What is done. `area_kind`, `area_code`: where, "" for the whole region; `measure`: which money pays for it."""

    name: str
    channel: str
    from_date: date
    until_date: date
    measure: str = ""
    area_kind: str = ""
    area_code: str = ""


def record_campaign(meant: Meant, *, by: Actor, fictitious: bool = False) -> Campaign:
    """Record a campaign. Raises `Invalid` at its field for days that are upside down or too far apart, an unknown
    measure or area, or no name.
    """
    require("campaign.record", by, by.programme)
    _check_days(meant)
    _check_measure(meant.measure)
    _check_area(meant)
    with said(), transaction.atomic():
        made = Campaign.objects.create(
            name=_words("name", meant.name),
            channel=_words("channel", meant.channel),
            measure=meant.measure,
            area_kind=meant.area_kind,
            area_code=meant.area_code,
            from_date=meant.from_date,
            until_date=meant.until_date,
            by=by.user,
            by_name=by.name,
            recorded_at=clock.now(),
            fictitious=fictitious,
        )
        record(by, "create", made)
    return made


def record_reach(campaign: Campaign, *, by: Actor, reached: int, counted: str, source: str) -> CampaignReach:
    """Say how many a campaign reached and how that was counted; a later one corrects an earlier one.

    Raises `Invalid` for fewer than nobody, and without saying how it was counted or where that stands.
    """
    require("campaign.record", by, by.programme)
    if not 0 <= reached < 2**31:
        raise Invalid(
            Text(
                nl=f"Een bereik is een aantal mensen vanaf 0; gevonden: {reached}.",
                en=f"A reach is a number of people from 0; found: {reached}.",
            ),
            "reached",
        )
    counted, source = _words("counted", counted), _words("source", source)
    with said(), transaction.atomic():
        # Locked, so that of two who count one follows the other.
        campaign = locked(campaign)
        last = campaign.reaches.order_by("-sequence").values_list("sequence", flat=True).first() or 0
        made = CampaignReach.objects.create(
            campaign=campaign,
            sequence=last + 1,
            reached=reached,
            counted=counted,
            source=source,
            by=by.user,
            by_name=by.name,
            recorded_at=clock.now(),
        )
        record(by, "create", made, detail={"campaign": campaign.pk})
    return made


def _check_days(meant: Meant) -> None:
    if not EARLIEST <= meant.from_date <= clock.today() + timedelta(days=366):
        raise Invalid(
            Text(
                nl=f"Een campagne begint vanaf {EARLIEST:%d-%m-%Y} tot een jaar na vandaag.",
                en=f"A campaign begins from {EARLIEST} to a year after today.",
            ),
            "from_date",
        )
    if not meant.from_date <= meant.until_date <= meant.from_date + LONGEST:
        raise Invalid(
            Text(
                nl="Een campagne eindigt na haar begin, binnen drie jaar.",
                en="A campaign ends after it begins, within three years.",
            ),
            "until_date",
        )


def _check_area(meant: Meant) -> None:
    if not meant.area_kind and not meant.area_code:
        return
    if meant.area_kind not in areas.SETS:
        listed = ", ".join(areas.SETS)
        raise Invalid(
            Text(nl=f"Een soort gebied is een van: {listed}.", en=f"A kind of area is one of: {listed}."),
            "area_kind",
        )
    areas.codes(meant.area_kind, meant.area_code)


def _check_measure(measure: str) -> None:
    if measure and measure not in measures():
        raise Invalid(
            Text(nl=f"Er is geen maatregel “{measure[:60]}”.", en=f"There is no measure “{measure[:60]}”."),
            "measure",
        )


def _words(field: str, text: str) -> str:
    text = " ".join(text.split())
    if not 1 <= len(text) <= _LENGTHS[field]:
        raise Invalid(
            Text(
                nl=f"Schrijf 1 tot {_LENGTHS[field]} tekens; gevonden: {len(text)}.",
                en=f"Write 1 to {_LENGTHS[field]} characters; found: {len(text)}.",
            ),
            field,
        )
    return text
