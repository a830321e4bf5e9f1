"""Rules of stays in crisis, counselling, the helpline's form and campaigns."""

from veerkracht.rulebook.types import Text

SHELTER: dict[str, Text] = {
    "crisis_stay_is_due_after_it_starts": Text(
        nl="Een crisisverblijf loopt af nadat het begon.", en="A crisis stay is due after it starts."
    ),
    "crisis_stay_with_a_norm_is_due": Text(
        nl="Een crisisverblijf met een norm heeft een einde, een zonder norm niet.",
        en="A crisis stay with a norm has an end, one without has none.",
    ),
    "ended_crisis_stay_says_why": Text(
        nl="Een crisisverblijf dat eindigt, zegt wanneer en waarom.",
        en="A crisis stay that ends says when and why.",
    ),
    "crisis_consent_is_known": Text(
        nl="De instemming is niet nodig, onduidelijk, gegeven of geweigerd.",
        en="Consent is not needed, unclear, given or refused.",
    ),
    "crisis_stay_step_once": Text(
        nl="Iemand anders heeft dit verblijf net gewijzigd: kijk eerst wat er nu staat.",
        en="Somebody else has just changed this stay: look at what it says now first.",
    ),
    "crisis_stay_step_names_somebody": Text(
        nl="Een stap noemt wie hem zette.", en="A step names who took it."
    ),
    "extension_says_why": Text(nl="Wie verlengt, zegt waarom.", en="Who extends says why."),
    "guest_once_a_stay": Text(
        nl="Iemand staat eenmaal bij een verblijf.", en="Somebody stands once at a stay."
    ),
    "known_guest_once_a_stay": Text(
        nl="Deze persoon staat al bij dit verblijf.", en="This person stands at this stay already."
    ),
    "child_guest_has_an_age": Text(nl="Een kind heeft een leeftijd.", en="A child has an age."),
    "guest_consent_names_somebody": Text(
        nl="Een instemming noemt wie haar opnam.", en="A consent names who recorded it."
    ),
    "guest_consent_has_a_way": Text(
        nl="Een instemming is mondeling of schriftelijk.", en="A consent is spoken or written."
    ),
    "guest_consent_has_a_voice": Text(
        nl="Een instemming is van de jongere zelf of van een ouder of voogd.",
        en="A consent is the young person's own, or that of a parent or guardian.",
    ),
    "alarm_once": Text(nl="Dit alarm is er al.", en="This alarm is there already."),
    "alarm_has_a_level": Text(
        nl="Een alarm zegt dat een norm bijna of helemaal voorbij is.",
        en="An alarm says that a norm is nearly over, or over.",
    ),
    "alarm_has_a_clock": Text(
        nl="Een alarm gaat over een verblijf of over de instemming.",
        en="An alarm is about a stay or about consent.",
    ),
    "settled_alarm_says_how": Text(
        nl="Een alarm dat voorbij is, zegt waardoor.", en="An alarm that is over says by what."
    ),
    "hand_over_names_somebody": Text(
        nl="Wie doorgeeft, staat erbij met naam.", en="Who hands over is named."
    ),
    "one_open_counselling_a_search": Text(
        nl="Voor dit gezin is deze begeleiding al gevraagd.",
        en="This counselling has been asked for this family already.",
    ),
    "started_counselling_has_a_worker": Text(
        nl="Een begeleiding die begint, heeft een begeleider.", en="Counselling that starts has a worker."
    ),
    "counselling_starts_after_it_is_asked": Text(
        nl="Een begeleiding begint niet voor ze gevraagd is.",
        en="Counselling does not start before it is asked.",
    ),
    "ended_counselling_says_why": Text(
        nl="Een begeleiding die eindigt, zegt wanneer en waarom.",
        en="Counselling that ends says when and why.",
    ),
    "counselling_step_once": Text(
        nl="Iemand anders heeft deze begeleiding net gewijzigd: kijk eerst wat er nu staat.",
        en="Somebody else has just changed this counselling: look at what it says now first.",
    ),
    "counselling_step_names_somebody": Text(
        nl="Een stap noemt wie hem zette.", en="A step names who took it."
    ),
    "contact_code_once": Text(nl="Deze code bestaat al.", en="This code exists already."),
    "contact_answer_names_somebody": Text(
        nl="Een antwoord noemt wie antwoordde.", en="An answer names who answered."
    ),
    "cleared_contact_says_nothing": Text(
        nl="Van een gewist bericht blijft geen tekst over.", en="Of a cleared message no text is left."
    ),
    "campaign_once": Text(nl="Deze campagne is al opgenomen.", en="This campaign has been recorded already."),
    "campaign_does_not_end_before_it_starts": Text(
        nl="Een campagne eindigt niet voor ze begint.", en="A campaign does not end before it starts."
    ),
    "campaign_says_what": Text(
        nl="Een campagne heeft een naam en een kanaal, en noemt wie haar opnam.",
        en="A campaign has a name and a channel, and names who recorded it.",
    ),
    "campaign_area_is_whole": Text(
        nl="Een gebied heeft een soort en een code.", en="An area has a kind and a code."
    ),
    "campaign_reach_once": Text(
        nl="Iemand anders nam net een bereik op: kijk eerst wat er nu staat.",
        en="Somebody else has just recorded a reach: look at what it says now first.",
    ),
    "campaign_reach_says_how": Text(
        nl="Een bereik zegt hoe er geteld is, en waar dat staat.",
        en="A reach says how it was counted, and where that stands.",
    ),
    "offline_note_has_an_outcome": Text(
        nl="Wat zonder netwerk genoteerd is, heeft een afloop.",
        en="What was noted without a network has an outcome.",
    ),
    "offline_note_done_is_a_call": Text(
        nl="Wat verwerkt is, werd een oproep.", en="What was done became a call."
    ),
}
