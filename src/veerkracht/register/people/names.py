"""How a name is searched: lower case, without accents, family name first."""

import unicodedata


def plain(text: str) -> str:
    """Lower case, accents off, single spaces: "Ŭ  Çelik-Ó" becomes "u celik-o"."""
    decomposed = unicodedata.normalize("NFKD", text)
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).lower().split())


def search_name(given_name: str, family_name: str) -> str:
    return plain(f"{family_name} {given_name}")
