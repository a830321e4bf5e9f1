"""Rules of results, of figures that do not agree and of published money."""

from veerkracht.rulebook.types import Text

RESULTS: dict[str, Text] = {
    "report_says_a_value_or_done": Text(
        nl="Een melding geeft een getal, of zegt of het gedaan is.",
        en="A report gives a number, or says whether it is done.",
    ),
    "report_has_evidence": Text(
        nl="Een melding zegt waaruit het blijkt, en waar dat te lezen is.",
        en="A report says what shows it, and where that can be read.",
    ),
    "report_names_somebody": Text(nl="Een melding noemt wie ze schreef.", en="A report names who wrote it."),
    "one_correction_per_report": Text(
        nl="Deze melding is al verbeterd.", en="This report was corrected already."
    ),
    "one_confirmation_per_report": Text(
        nl="Iemand heeft deze melding al beoordeeld.", en="Somebody judged this report already."
    ),
    "confirmed_by_somebody_else": Text(
        nl="Wie een resultaat meldt, bevestigt het niet zelf.",
        en="Who reports a result does not confirm it.",
    ),
    "confirmation_names_somebody": Text(
        nl="Een bevestiging noemt wie ze gaf.", en="A confirmation names who gave it."
    ),
    "disagreement_says_why": Text(
        nl="Wie niet akkoord gaat, zegt waarom.", en="Who does not agree says why."
    ),
    "one_settlement_per_explanation": Text(
        nl="Iemand heeft dit al afgesloten.", en="Somebody settled this already."
    ),
    "note_kind_is_known": Text(nl="Deze soort nota bestaat niet.", en="There is no such kind of note."),
    "note_says_something": Text(nl="Een nota zegt iets.", en="A note says something."),
    "note_names_somebody": Text(nl="Een nota noemt wie ze schreef.", en="A note names who wrote it."),
    "settled_note_names_its_explanation": Text(
        nl="Alleen wie afsluit, noemt een verklaring.", en="Only who settles names an explanation."
    ),
    "settled_by_somebody_else": Text(
        nl="Wie de cijfers verklaart, sluit ze niet af.",
        en="Who explains the figures does not settle them.",
    ),
    "money_release_version_once": Text(
        nl="Iemand anders publiceerde net voor u: kijk eerst naar die versie.",
        en="Somebody else published just before you: look at that version first.",
    ),
    "money_release_versions_count_from_one": Text(
        nl="Versies tellen vanaf één.", en="Versions count from one."
    ),
    "money_release_names_somebody": Text(
        nl="Een publicatie noemt wie publiceerde.", en="A release names who published it."
    ),
}
