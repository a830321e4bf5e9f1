"""Rules of paying: enterprise numbers, bank accounts, orders, payments and what the bank says."""

from veerkracht.rulebook.types import Text

PAYMENTS: dict[str, Text] = {
    "enterprise_number_once": Text(
        nl="Er is al een organisatie met dit ondernemingsnummer.",
        en="There is an organisation with this enterprise number already.",
    ),
    "enterprise_number_is_not_empty": Text(
        nl="Een ondernemingsnummer is gekend of ontbreekt, maar is niet leeg.",
        en="An enterprise number is known or missing, but not empty.",
    ),
    "bank_account_is_of_one": Text(
        nl="Een rekening is van één persoon of van één organisatie.",
        en="An account is of one person or of one organisation.",
    ),
    "bank_account_is_sealed_and_found": Text(
        nl="Een rekeningnummer is verzegeld én te vinden, of het is er niet.",
        en="An account number is sealed and can be found, or it is not there.",
    ),
    "bank_account_does_not_end_before_it_starts": Text(
        nl="Een rekening eindigt niet voor ze begint.",
        en="An account does not end before it starts.",
    ),
    "bank_account_is_confirmed_by_another": Text(
        nl="Wie een rekening opneemt, bevestigt ze niet zelf: dat doet een tweede persoon.",
        en="Who records an account does not confirm it: a second person does.",
    ),
    "refused_bank_account_has_a_reason": Text(
        nl="Wie een rekening weigert, zegt waarom.",
        en="Who refuses an account says why.",
    ),
    "one_bank_account_to_confirm_per_person": Text(
        nl="Er wacht al een rekening van deze persoon op bevestiging.",
        en="An account of this person waits to be confirmed already.",
    ),
    "one_bank_account_to_confirm_per_organisation": Text(
        nl="Er wacht al een rekening van deze organisatie op bevestiging.",
        en="An account of this organisation waits to be confirmed already.",
    ),
    "one_bank_account_in_use_per_person": Text(
        nl="Een persoon wordt op één rekening betaald.",
        en="A person is paid on one account.",
    ),
    "one_bank_account_in_use_per_organisation": Text(
        nl="Een organisatie wordt op één rekening betaald.",
        en="An organisation is paid on one account.",
    ),
    "bank_message_id_once": Text(
        nl="Een bericht van de bank met dit kenmerk is al gelezen. Er is niets gewijzigd.",
        en="A message of the bank with this id was read already. Nothing was changed.",
    ),
    "bank_message_bytes_once": Text(
        nl="Dit bericht van de bank is al gelezen. Er is niets gewijzigd.",
        en="This message of the bank was read already. Nothing was changed.",
    ),
    "bank_message_amounts_never_below_zero": Text(
        nl="De bank zegt geen bedrag onder nul.",
        en="A bank says no amount below zero.",
    ),
    "payments_bankmessage_is_append_only": Text(
        nl="Wat de bank zei, verandert niet meer.",
        en="What the bank said does not change any more.",
    ),
    "payments_orderstep_is_append_only": Text(
        nl="Wie welke stap zette, verandert niet meer.",
        en="Who took which step does not change any more.",
    ),
    "order_number_once": Text(
        nl="Er is al een opdracht met dit nummer.",
        en="There is an order with this number already.",
    ),
    "order_message_once": Text(
        nl="Er is al een betaalbestand met dit kenmerk.",
        en="There is a payment file with this id already.",
    ),
    "order_pays_something": Text(
        nl="Een opdracht betaalt iets.",
        en="An order pays something.",
    ),
    "sent_order_has_a_file": Text(
        nl="Een verstuurde opdracht heeft een betaalbestand.",
        en="An order that was sent has a payment file.",
    ),
    "bank_file_goes_when_the_order_is_over": Text(
        nl="Van een opdracht die voorbij is, wordt het bestand met namen en rekeningen niet bewaard.",
        en="Of an order that is over the file with names and accounts is not kept.",
    ),
    "order_step_once": Text(
        nl="Deze stap is al gezet.",
        en="This step was taken already.",
    ),
    "nobody_takes_two_steps_of_an_order": Text(
        nl="Niemand zet twee stappen van dezelfde opdracht: u deed al een andere.",
        en="Nobody takes two steps of one order: you took another one already.",
    ),
    "refused_order_has_a_reason": Text(
        nl="Wie een opdracht weigert, zegt waarom.",
        en="Who refuses an order says why.",
    ),
    "end_to_end_id_once": Text(
        nl="Er is al een betaling met dit kenmerk.",
        en="There is a payment with this id already.",
    ),
    "nobody_twice_in_an_order": Text(
        nl="In een opdracht wordt niemand twee keer betaald voor dezelfde vastlegging.",
        en="In an order nobody is paid twice for the same commitment.",
    ),
    "budget_is_paid_once_a_month": Text(
        nl="Dit budget is voor die maand al betaald of staat al in een opdracht.",
        en="This budget was paid for that month already, or is in an order.",
    ),
    "payment_is_positive": Text(
        nl="Een betaling is meer dan nul euro.",
        en="A payment is more than zero euro.",
    ),
    "paid_only_by_word_of_the_bank": Text(
        nl="Betaald of geweigerd is iets pas als de bank het zegt.",
        en="Something is paid or rejected only when the bank says so.",
    ),
    "budget_is_paid_for_a_month": Text(
        nl="Een budget wordt betaald voor een maand.",
        en="A budget is paid for a month.",
    ),
    "never_recovered_beyond_what_was_paid": Text(
        nl="Er wordt niet meer teruggevorderd dan betaald werd.",
        en="No more is recovered than was paid.",
    ),
}
