"""Rules of entries on the lists of homes."""

from veerkracht.rulebook.types import Text

LISTS: dict[str, Text] = {
    "one_standing_entry_per_home": Text(
        nl="Deze vraag staat al op de lijst van dit woonzorgcentrum.",
        en="This request is on the list of this home already.",
    ),
    "entry_state_is_known": Text(
        nl="Een inschrijving wacht, is geparkeerd, is van de lijst of leidde tot een opname.",
        en="An entry waits, is parked, is off the list or led to an admission.",
    ),
    "entry_is_for_now_or_later": Text(
        nl="Een inschrijving is voor nu of voor later.", en="An entry is for now or for later."
    ),
    "preference_counts_from_one": Text(nl="De eerste keuze is nummer 1.", en="The first choice is number 1."),
    "list_date_is_not_before_registration": Text(
        nl="De datum die telt, ligt niet voor de dag van inschrijving.",
        en="The date that counts is not before the day of registration.",
    ),
    "only_a_parked_entry_is_parked_until": Text(
        nl="Alleen een geparkeerde inschrijving wacht tot een dag.",
        en="Only a parked entry waits aside until a day.",
    ),
    "who_stands_for_later_is_asked_again": Text(
        nl="Wie voor later op de lijst staat, wordt op een vaste dag opnieuw gevraagd; wie nu wil komen niet.",
        en="Who is on the list for later is asked again on a set day; who wants to come now is not.",
    ),
    "an_answer_is_awaited_of_who_was_asked": Text(
        nl="Er wordt alleen op een antwoord gewacht van wie voor later op de lijst staat of tijdelijk niet meedoet.",
        en="An answer is only awaited of who is on the list for later, or aside.",
    ),
    "only_who_is_on_a_list_is_to_check": Text(
        nl="Alleen bij wie op de lijst staat, kan er nog iets na te kijken zijn.",
        en="Only of who is on the list something can still be to check.",
    ),
    "entry_step_names_somebody": Text(
        nl="Wat met een inschrijving gebeurt, noemt wie het deed.",
        en="What happens to an entry names who did it.",
    ),
    "double_once": Text(
        nl="Deze twee mensen staan al samen op de lijst van mogelijke dubbels.",
        en="These two people are on the list of possible doubles already.",
    ),
    "double_is_of_two": Text(
        nl="Een mogelijke dubbel gaat over twee mensen, het laagste nummer eerst.",
        en="A possible double is of two people, the lower number first.",
    ),
    "double_state_is_known": Text(
        nl="Een mogelijke dubbel is open, dezelfde of verschillend.",
        en="A possible double is open, the same or different.",
    ),
    "double_is_decided_by_somebody": Text(
        nl="Over een dubbel beslist iemand met naam, en zegt waarom.",
        en="Somebody decides on a double by name, and says why.",
    ),
    "parking_or_leaving_has_a_reason": Text(
        nl="Wie een inschrijving parkeert, lager zet of van de lijst haalt, zegt waarom.",
        en="Who parks an entry, makes it lower or takes it off the list says why.",
    ),
    "one_together_per_request": Text(
        nl="Bij deze vraag is al gevraagd om samen met iemand te komen.",
        en="This request already asks to come together with somebody.",
    ),
    "one_agreement_per_request": Text(
        nl="Wie dit vraagt, komt al samen met iemand anders.",
        en="Who asks this comes together with somebody else already.",
    ),
    "together_state_is_known": Text(
        nl="Samen komen is gevraagd, afgesproken, verbonden, geweigerd, vervallen, ingetrokken of beëindigd.",
        en="Coming together is asked, agreed, joined, declined, lapsed, withdrawn or parted.",
    ),
    "together_names_the_other": Text(
        nl="Zeg met wie u samen wilt komen.", en="Say with whom you want to come together."
    ),
    "who_comes_together_agreed": Text(
        nl="Niemand komt samen met wie daar niet mee instemde.",
        en="Nobody comes together with somebody who did not agree.",
    ),
    "nobody_comes_together_with_themself": Text(
        nl="Niemand komt samen met zichzelf.", en="Nobody comes together with themself."
    ),
    "together_ends_when_it_is_over": Text(
        nl="Een vraag om samen te komen die voorbij is, heeft een einde; een die loopt niet.",
        en="A question to come together that is over has an end; one that runs has none.",
    ),
}
