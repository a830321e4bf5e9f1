"""Rules of stays in homes, day prices and contributions."""

from veerkracht.rulebook.types import Text

RESIDENCE: dict[str, Text] = {
    "resident_in_one_place": Text(
        nl="Deze persoon heeft al een plaats: dat verblijf eindigt eerst.",
        en="This person has a place already: that stay ends first.",
    ),
    "residence_overlaps_another": Text(
        nl="Deze persoon verbleef in die tijd elders: twee verblijven van één persoon overlappen niet.",
        en="This person stayed elsewhere in that time: two stays of one person do not overlap.",
    ),
    "residence_does_not_end_before_it_starts": Text(
        nl="Een verblijf eindigt niet voor het begint.", en="A stay does not end before it starts."
    ),
    "residence_ends_with_a_reason": Text(
        nl="Een verblijf dat eindigt, heeft een reden; een dat loopt, niet.",
        en="A stay that ends has a reason; one that goes on has none.",
    ),
    "absence_is_within_the_residence": Text(
        nl="Weg is iemand alleen zolang het verblijf duurt.",
        en="Somebody is away only as long as their stay lasts.",
    ),
    "residence_starts_and_ends_once": Text(
        nl="Een verblijf begint één keer en eindigt één keer.", en="A stay starts once and ends once."
    ),
    "residence_event_names_somebody": Text(
        nl="Wat bij een verblijf gebeurt, noemt wie het opnam.",
        en="What happens in a stay names who wrote it down.",
    ),
    "day_price_version_once": Text(
        nl="Iemand anders gaf deze prijs net voor u op: kijk eerst wat er nu staat.",
        en="Somebody else gave this price just before you: look at what it says now first.",
    ),
    "day_price_is_positive": Text(nl="Een dagprijs is meer dan nul.", en="A day price is more than zero."),
    "day_price_correction_has_a_reason": Text(
        nl="Wie een dagprijs verbetert, zegt waarom.", en="Who corrects a day price says why."
    ),
    "day_price_names_somebody": Text(
        nl="Een dagprijs noemt wie hem opgaf.", en="A day price names who reported it."
    ),
    "day_price_part_once": Text(
        nl="Elk deel van een dagprijs staat er één keer.", en="Each part of a day price stands there once."
    ),
    "one_open_contribution_of_a_kind": Text(
        nl="Van deze soort loopt er al een bijdrage: die eindigt eerst.",
        en="A contribution of this kind goes on already: it ends first.",
    ),
    "contribution_is_positive": Text(
        nl="Een bijdrage is meer dan nul.", en="A contribution is more than zero."
    ),
    "contribution_does_not_end_before_it_starts": Text(
        nl="Een bijdrage eindigt niet voor ze begint.", en="A contribution does not end before it starts."
    ),
    "contribution_names_somebody": Text(
        nl="Een bijdrage noemt wie haar opnam.", en="A contribution names who recorded it."
    ),
}
