"""Rules of the log, of people and who works, of what is shared and of documents."""

from veerkracht.rulebook.types import Text

PEOPLE: dict[str, Text] = {
    "one_release_per_version": Text(
        nl="Iemand anders publiceerde deze dag net ook.", en="Somebody else has just published this day too."
    ),
    "release_versions_count_from_one": Text(
        nl="De eerste versie van een publicatie is 1.", en="The first version of a publication is 1."
    ),
    "release_names_somebody": Text(
        nl="Een publicatie noemt wie ervoor instaat.", en="A publication names who answers for it."
    ),
    "published_release_is_append_only": Text(
        nl="Wat gepubliceerd is, verandert niet: maak een nieuwe versie.",
        en="What was published does not change: make another version.",
    ),
    "log_names_somebody": Text(
        nl="Een logregel noemt een natuurlijke persoon.", en="A log entry names a natural person."
    ),
    "log_entry_is_chained": Text(
        nl="Een logregel hangt met een hash aan de vorige.",
        en="A log entry hangs on the one before by a hash.",
    ),
    "person_dies_after_birth": Text(
        nl="Iemand overlijdt niet vóór de geboorte.", en="Nobody dies before they are born."
    ),
    "organisation_name_once": Text(
        nl="Er is al een organisatie met die naam.", en="There is an organisation with that name already."
    ),
    "membership_does_not_end_before_it_starts": Text(
        nl="Een rol eindigt niet voor ze begint.", en="A role does not end before it starts."
    ),
    "membership_has_a_known_role": Text(nl="Deze rol bestaat niet.", en="There is no such role."),
    "membership_area_has_kind_and_code": Text(
        nl="Een gebied heeft een soort en een code, of geen van beide.",
        en="An area has a kind and a code, or neither.",
    ),
    "national_number_once": Text(
        nl="Dit rijksregisternummer kan hier niet worden vastgelegd.",
        en="This national number can't be recorded here.",
    ),
    "national_number_is_sealed_and_found": Text(
        nl="Een rijksregisternummer is verzegeld én te vinden, of het is er niet.",
        en="A national number is sealed and can be found, or it is not there.",
    ),
    "nobody_stands_in_for_themself": Text(
        nl="Niemand vervangt zichzelf.", en="Nobody stands in for themself."
    ),
    "delegation_has_a_last_day": Text(
        nl="Wie een ander vervangt, doet dat tot een laatste dag.",
        en="Who stands in for somebody does so until a last day.",
    ),
    "case_worker_once": Text(
        nl="Deze medewerker volgt dit dossier al.",
        en="This case worker is on the case already.",
    ),
    "case_work_does_not_end_before_it_starts": Text(
        nl="Dossierwerk eindigt niet voor het begint.",
        en="Case work does not end before it starts.",
    ),
    "representation_code_is_given_to_somebody": Text(
        nl="Zeg aan wie u de code geeft.", en="Say to whom you give the code."
    ),
    "a_used_representation_code_opened_one": Text(
        nl="Een gebruikte code hoort bij wie er voor iemand mee spreekt.",
        en="A code that was used belongs to who speaks for somebody with it.",
    ),
    "a_representation_code_is_used_or_withdrawn": Text(
        nl="Een code is gebruikt of ingetrokken, niet allebei.",
        en="A code was used or taken back, not both.",
    ),
    "move_is_to_another_area": Text(
        nl="Een verhuizing gaat naar een andere gemeente.", en="A move is to another municipality."
    ),
    "move_names_somebody": Text(nl="Een verhuizing noemt wie ze opnam.", en="A move names who recorded it."),
    "people_move_is_append_only": Text(
        nl="Een verhuizing blijft staan: neem een nieuwe op.", en="A move stays: record another one."
    ),
    "representation_once": Text(
        nl="Deze vertegenwoordiger staat er al.",
        en="This representative is there already.",
    ),
    "nobody_represents_themself": Text(
        nl="Niemand is vertegenwoordiger van zichzelf.",
        en="Nobody represents themself.",
    ),
    "representation_does_not_end_before_it_starts": Text(
        nl="Een vertegenwoordiging eindigt niet voor ze begint.",
        en="A representation does not end before it starts.",
    ),
    "consent_does_not_end_before_it_starts": Text(
        nl="Een toestemming eindigt niet voor ze begint.",
        en="A consent does not end before it starts.",
    ),
    "consent_has_a_purpose": Text(
        nl="Een toestemming zegt waarvoor ze dient.",
        en="A consent says what it is for.",
    ),
    "legal_ground_has_a_source": Text(
        nl="Een wettelijke grond noemt zijn bron.",
        en="A legal ground names its source.",
    ),
    "voice_once": Text(
        nl="Wie instemt, staat er één keer.",
        en="Who agrees stands there once.",
    ),
    "consultation_has_a_source": Text(
        nl="Een casusoverleg noemt zijn wettelijke bron.",
        en="A case consultation names its source in law.",
    ),
    "consultation_does_not_end_before_it_is_held": Text(
        nl="Een casusoverleg eindigt niet voor het plaatsheeft.",
        en="A case consultation does not end before it is held.",
    ),
    "consultation_member_once": Text(
        nl="Deze deelnemer staat er al.",
        en="This participant is there already.",
    ),
    "emergency_ends_after_it_starts": Text(
        nl="Noodtoegang eindigt nadat ze begint.",
        en="Emergency access ends after it starts.",
    ),
    "emergency_has_a_reason": Text(
        nl="Noodtoegang heeft een reden.",
        en="Emergency access has a reason.",
    ),
    "restricted_access_once": Text(
        nl="Deze naam staat er al.",
        en="This name is there already.",
    ),
    "restricted_access_does_not_end_before_it_starts": Text(
        nl="Toegang eindigt niet voor ze begint.",
        en="Access does not end before it starts.",
    ),
    "one_address_of_a_kind": Text(
        nl="Er is al zo een adres.",
        en="There is such an address already.",
    ),
    "address_does_not_end_before_it_starts": Text(
        nl="Een adres eindigt niet voor het begint.",
        en="An address does not end before it starts.",
    ),
    "one_open_referral": Text(
        nl="Er loopt al een verwijzing naar deze organisatie.",
        en="There is an open referral to this organisation already.",
    ),
    "declined_referral_has_a_reason": Text(
        nl="Wie een verwijzing weigert, zegt waarom.",
        en="Who declines a referral says why.",
    ),
    "referral_ends_when_it_is_over": Text(
        nl="Een verwijzing die voorbij is, heeft een einde.",
        en="A referral that is over has an end.",
    ),
    "revoked_consent_names_who": Text(
        nl="Een ingetrokken toestemming zegt wie ze introk.",
        en="A revoked consent says who revoked it.",
    ),
    "voice_has_a_moment": Text(
        nl="Een antwoord op een vraag om toestemming heeft een moment.",
        en="An answer to a request for consent has a moment.",
    ),
    "emergency_review_is_whole": Text(
        nl="Een nagekeken noodtoegang zegt wie nakeek, wanneer, en wat daarvan het besluit is.",
        en="A reviewed emergency access says who reviewed it, when, and the outcome.",
    ),
    "emergency_is_reviewed_by_another": Text(
        nl="Wie noodtoegang nam, ziet die niet zelf na.",
        en="Who took emergency access does not review it.",
    ),
    "emergency_not_in_order_says_why": Text(
        nl="Wie een noodtoegang niet in orde vindt, zegt waarom.",
        en="Who finds an emergency access not in order says why.",
    ),
    "one_referral_per_consent": Text(
        nl="Op deze toestemming rust al een lopende verwijzing.",
        en="An open referral rests on this consent already.",
    ),
    "credit_is_positive": Text(nl="Een krediet is meer dan nul euro.", en="A credit is more than zero euro."),
    "credit_has_a_source": Text(nl="Een krediet noemt zijn bron.", en="A credit names its source."),
    "account_once": Text(nl="Deze rekening bestaat al.", en="This account exists already."),
}
