"""Grants to organisations, as the 360Giving Data Standard has them: never to a person, and without free text."""

from collections.abc import Iterator, Mapping
from typing import Any

from veerkracht import region
from veerkracht.register.money.models import Account, Commitment, Posting
from veerkracht.register.published.money_budget import Told
from veerkracht.register.published.money_spending import for_persons, named_organisations

# Grants are given; contracts are bought and pay is owed.
_KINDS = (Commitment.Kind.GRANT, Commitment.Kind.PROJECT)
_CHUNK = 500


def grants(told: Told, schemes: tuple[str, ...], last_year: int, currency: str) -> list[dict[str, Any]]:
    """Every grant to an organisation with a right enterprise number, in the order of their numbers."""
    organisations = named_organisations(schemes)
    rows = list(
        Commitment.objects.filter(kind__in=_KINDS, organisation__in=organisations, year__lte=last_year)
        .annotate(of_persons=for_persons())
        .filter(of_persons=False)
        .select_related("line")
        .order_by("number")
    )
    transactions = _transactions([one.pk for one in rows], currency)
    places = _places()
    return [
        {
            **_grant(told, one, organisations[one.organisation_id], currency),
            **transactions.get(one.pk, {}),
            "beneficiaryLocation": [_location(told, one.line.area, places)],
        }
        for one in rows
    ]


def _grant(told: Told, one: Commitment, recipient: tuple[str, str], currency: str) -> dict[str, Any]:
    number, name = recipient
    publisher, line = told.publisher, one.line
    line_name = line.name_nl if told.language == "nl" else line.name_en
    funder = publisher.organisation_id(publisher.enterprise_number)
    measure = told.money.measures.get(line.measure)
    ends = {"endDate": one.until_date.isoformat()} if one.until_date else {}
    return {
        "id": f"{funder}-{one.number}",
        # What somebody wrote about a commitment isn't published: it could name a person.
        "title": f"{line_name} ({one.number})"[-140:],
        "description": _description(told, one, measure),
        "currency": currency,
        "amountAwarded": _euro(one.committed_cents),
        "amountDisbursed": _euro(one.paid_cents - one.recovered_cents),
        "awardDate": one.from_date.isoformat(),
        "plannedDates": [{"startDate": one.from_date.isoformat(), **ends}],
        "recipientOrganization": [{"id": publisher.organisation_id(number), "name": name}],
        "fundingOrganization": [{"id": funder, "name": publisher.publisher.get(told.language)}],
        "grantProgramme": [
            {
                "code": line.measure or line.code,
                "title": measure.name.get(told.language) if measure else line_name,
            }
        ],
    }


def _description(told: Told, one: Commitment, measure: Any) -> str:
    recurrent = "comes back each year" if one.yearly_cents else "given once"
    purpose = measure.name.get(told.language) if measure else one.line.code
    made_up = "Made up for a demo world. " if one.fictitious or one.line.fictitious else ""
    return f"{made_up}{one.get_kind_display()} of budget year {one.year}, {recurrent}: {purpose}."


def _transactions(commitments: list[int], currency: str) -> dict[int, dict[str, list[dict[str, Any]]]]:
    """What was promised and what was paid of each commitment, entry by entry; what was taken back is below zero."""
    found: dict[int, dict[str, list[dict[str, Any]]]] = {}
    for start in range(0, len(commitments), _CHUNK):
        rows = Posting.objects.filter(commitment__in=commitments[start : start + _CHUNK]).order_by(
            "entry__holds_from", "id"
        )
        for row in rows.values(
            "id", "commitment", "source__name", "target__name", "amount_cents", "entry__holds_from"
        ):
            for kind, cents in _moved(row):
                lists = found.setdefault(row["commitment"], {})
                lists.setdefault(kind, []).append(
                    {
                        "id": f"{row['id']}",
                        "transactionDate": row["entry__holds_from"].isoformat(),
                        "currency": currency,
                        "value": _euro(cents),
                    }
                )
    return found


def _moved(row: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    name, cents = Account.Name, row["amount_cents"]
    source, target = row["source__name"], row["target__name"]
    if target == name.COMMITTED or source == name.COMMITTED:
        yield "commitmentTransaction", cents if target == name.COMMITTED else -cents
    elif target == name.RECOVERED:
        yield "disbursementTransaction", -cents
    elif target == name.PAID or source == name.PAID:
        yield "disbursementTransaction", cents if target == name.PAID else -cents


def _places() -> dict[str, str]:
    """The names of municipalities and wider areas by their codes."""
    areas = region.current().areas
    found = dict(areas.select("code", "name").iter_rows())
    for kind in ("zone", "province"):
        found |= {code: name for code, name in areas.select(kind, f"{kind}_name").iter_rows() if code}
    return found


def _location(told: Told, area: str, places: Mapping[str, str]) -> dict[str, str]:
    here = {"countryCode": told.publisher.country}
    if not area:
        return {**here, "name": region.current().name.get(told.language)}
    return {**here, "name": places.get(area, area), "geoCode": area}


def _euro(cents: int) -> float:
    """A number of JSON with at most two decimals: exact as it is written for any amount of money that is possible."""
    return cents / 100
