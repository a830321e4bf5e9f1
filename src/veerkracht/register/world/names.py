"""Names that nobody can bear: every one of them says that the person is invented."""

import numpy as np

_GIVEN = (
    "Testa Testine Testijn Testelien Testaar Proefke Proefa Proeflien Proefaert Fictor Fictora Fictine "
    "Fictijn Demolien Demiel Demora Demonstra Modella Modello Modellien Voorbeeldine Voorbeeldus Dummelien "
    "Dummert Fabelien Fabelaar Verzinneke Verzinda Papierus Papierina Oefenie Oefenius Schijnelle "
    "Schijnardus Pseudona Pseudonius Anonia Anonius Imagina Imaginus Fantasia Fantasio Denkelien Denkbert "
    "Sprookelien Sprookbert Placebine Placebert Sjablona Sjablonus Virtuela Virtualus"
).split()
_STEMS = (
    "Voorbeeld Test Fictie Verzin Proef Model Nep Schijn Demo Sjabloon Oefen Dummy Fabel Sprook Denkbeeld "
    "Papier Droom Namaak Placebo Virtueel Pseudo Toneel"
).split()
_ENDINGS = ("s", "mans", "aerts", "huys", "ers", "inckx", "straeten", "beke")
_BEFORE = ("", "", "", "Van ", "De ", "Van den ")

GIVEN = tuple(_GIVEN)
FAMILY = tuple(sorted({f"{before}{stem}{end}" for before in _BEFORE for stem in _STEMS for end in _ENDINGS}))


def draw(rng: np.random.Generator, count: int) -> tuple[list[str], list[str]]:
    """Given and family names for `count` invented people; names repeat, as in life."""
    given = np.asarray(GIVEN)[rng.integers(len(GIVEN), size=count)]
    family = np.asarray(FAMILY)[rng.integers(len(FAMILY), size=count)]
    return given.tolist(), family.tolist()
