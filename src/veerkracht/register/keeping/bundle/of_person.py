"""The person themself, how they sign in, their addresses and documents, and what they object to."""

from veerkracht.register.documents.models import Document
from veerkracht.register.keeping.bundle.section import (
    AT,
    BY,
    ENDED,
    FROM,
    KIND,
    PROGRAMME,
    REASON,
    UNTIL,
    Section,
)
from veerkracht.register.keeping.models import LegalHold, Objection
from veerkracht.register.people.models import Move, Person, PersonalCode, User
from veerkracht.register.sharing.models import Address, Notice
from veerkracht.rulebook.types import Text

_ADDRESS = {
    "street": Text("Straat", "Street"),
    "postal_code": Text("Postcode", "Postal code"),
    "municipality": Text("Gemeente", "Municipality"),
    "from_date": FROM,
    "until_date": UNTIL,
    "recorded_by_name": BY,
}
SECTIONS: tuple[Section, ...] = (
    Section(
        "person",
        "identity",
        Text("Wie u bent", "Who you are"),
        lambda person: Person.objects.filter(pk=person.pk),
        {
            "number": Text("Nummer", "Number"),
            "given_name": Text("Voornaam", "Given name"),
            "family_name": Text("Familienaam", "Family name"),
            "birth_date": Text("Geboren op", "Born on"),
            "died_on": Text("Overleden op", "Died on"),
            "language": Text("Taal", "Language"),
            "pseudonymised_on": Text("Gepseudonimiseerd op", "Pseudonymised on"),
        },
    ),
    Section(
        "area",
        "contact",
        Text("Gemeente", "Municipality"),
        lambda person: Person.objects.filter(pk=person.pk),
        {"area": Text("Gemeente (NIS-code)", "Municipality (NIS code)")},
    ),
    Section(
        "moves",
        "contact",
        Text("Verhuizingen", "Moves"),
        lambda person: Move.objects.filter(person=person),
        {
            "holds_from": FROM,
            "area_before": Text("Van (NIS-code)", "From (NIS code)"),
            "area": Text("Naar (NIS-code)", "To (NIS code)"),
            "recorded_at": AT,
            "by_name": BY,
        },
    ),
    Section(
        "account",
        "identity",
        Text("Uw account", "Your account"),
        lambda person: User.objects.filter(person=person),
        {
            "username": Text("Gebruikersnaam", "User name"),
            "email": Text("E-mailadres", "E-mail address"),
            "language": Text("Taal", "Language"),
            "date_joined": Text("Gemaakt op", "Made on"),
            "last_login": Text("Laatst aangemeld", "Last signed in"),
        },
    ),
    Section(
        "codes",
        "identity",
        Text("Codes om aan te melden", "Codes to sign in with"),
        lambda person: PersonalCode.objects.filter(person=person),
        {
            "created_at": Text("Gemaakt op", "Made on"),
            "expires_at": Text("Geldig tot", "Valid until"),
            "used_at": Text("Gebruikt op", "Used on"),
        },
    ),
    Section(
        "notices",
        "identity",
        Text("Berichten aan u", "Notices to you"),
        lambda person: Notice.objects.filter(user__person=person),
        {"at": AT, "kind": KIND, "text": Text("Tekst", "Text"), "read_at": Text("Gelezen op", "Read on")},
    ),
    Section(
        "addresses",
        "contact",
        Text("Adressen", "Addresses"),
        lambda person: Address.objects.filter(person=person, hidden=False),
        _ADDRESS,
    ),
    Section(
        "hidden-addresses",
        "hidden-address",
        Text("Afgeschermde adressen", "Addresses in hiding"),
        lambda person: Address.objects.filter(person=person, hidden=True),
        _ADDRESS,
    ),
    Section(
        "documents",
        "documents",
        Text("Documenten", "Documents"),
        lambda person: Document.objects.filter(person=person),
        {
            "reference": Text("Kenmerk", "Reference"),
            "programme": PROGRAMME,
            "kind": KIND,
            "name": Text("Naam", "Name"),
            "size": Text("Grootte (bytes)", "Size (bytes)"),
            "added_by_name": BY,
            "added_at": Text("Toegevoegd op", "Added on"),
            "removed_at": Text("Weggehaald op", "Removed on"),
            "remove_reason": REASON,
            "destroyed_at": Text("Vernietigd op", "Destroyed on"),
        },
    ),
    Section(
        "objections",
        "looks",
        Text("Uw bezwaren", "Your objections"),
        lambda person: Objection.objects.filter(person=person),
        {
            "entry_id": Text("Logregel", "Log entry"),
            "text": Text("Bezwaar", "Objection"),
            "at": Text("Op", "On"),
            "upheld": Text("U kreeg gelijk", "You were right"),
            "answer": Text("Antwoord", "Answer"),
            "answered_by_name": BY,
            "answered_at": Text("Beantwoord op", "Answered on"),
        },
    ),
    Section(
        "legal-holds",
        "looks",
        Text("Wettelijke bewaring van uw dossier", "Legal holds on your file"),
        lambda person: LegalHold.objects.filter(person=person),
        {"reason": REASON, "by_name": BY, "from_at": FROM, "until_date": UNTIL, "lifted_at": ENDED},
    ),
)
