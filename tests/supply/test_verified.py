"""What a hand in the database breaks of places is found by its name."""

from datetime import date, timedelta

from tests import factories
from tests.supply.conftest import TODAY
from veerkracht.register import clock, verify
from veerkracht.register.people.actors import Actor
from veerkracht.register.supply import actions
from veerkracht.register.supply.models import Award, Hold, Location, Service, Stay, UnitClosure

COMMAND = Actor.for_command("tests")
DAY = timedelta(days=1)


def close_again() -> None:
    last = UnitClosure.objects.get()
    UnitClosure.objects.create(
        unit=last.unit, from_date=TODAY + 2 * DAY, reason="staff", by_name="A hand", recorded_at=clock.now()
    )


def close_what_is_held() -> None:
    hold = Hold.objects.filter(state="held").first()
    UnitClosure.objects.create(
        unit=hold.unit, from_date=TODAY, reason="staff", by_name="A hand", recorded_at=hold.made_at - DAY
    )


def move_to_a_third_bed() -> None:
    hold = Hold.objects.filter(bed=2).get()
    Stay.objects.filter(hold=hold).update(bed=3)
    Hold.objects.filter(pk=hold.pk).update(bed=3)


def tell_of_a_refuge() -> None:
    Service.objects.filter(location__secret=True).update(secret=False)


def realise_without_a_step() -> None:
    Award.objects.update(realised=9)


BREAKERS = {
    "closures_do_not_overlap": close_again,
    "closed_place_is_not_held": close_what_is_held,
    "bed_is_in_its_place": move_to_a_third_bed,
    "service_at_a_secret_address_is_secret": tell_of_a_refuge,
    "award_is_what_its_steps_say": realise_without_a_step,
}


def test_each_invariant_of_places_is_found_broken_by_its_name(db):
    units = factories.make_units(factories.make_service(), 2)
    room = actions.add_unit(units[0].service, by=COMMAND, name="Two", kind="couples-room", on=TODAY)
    held = actions.hold_together([room, room], by=COMMAND, minutes=30)
    actions.confirm_together(held[0], by=COMMAND)
    actions.hold_place(units[0], by=COMMAND, minutes=30)
    actions.close_unit(units[1], by=COMMAND, reason="works", reopens_on=TODAY + 9 * DAY)
    refuge = factories.make_service("Refuge", organisation="Shelter")
    location = actions.add_location(refuge.organisation, by=COMMAND, name="Hidden", area="11001", secret=True)
    actions.place_service(refuge, by=COMMAND, location=location)
    award = actions.award(
        refuge.organisation,
        actions.NewAward(
            programme=refuge.programme,
            kind="new",
            units=9,
            area="11001",
            period_from=date(2021, 1, 1),
            on=date(2020, 1, 1),
            source="Decision",
        ),
        by=COMMAND,
    )
    actions.realise(award, by=COMMAND, on=TODAY, units=4, version=1)
    assert (verify.run(), Location.objects.get().sealed_address) == ([], "")
    for name, breaks in BREAKERS.items():
        breaks()
        broken = {one.name for one in verify.run()}
        assert name in broken, name
