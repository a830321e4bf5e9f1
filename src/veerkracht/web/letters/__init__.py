"""The letter to a person about a decision: its words, and the words as a page or as a PDF."""

from veerkracht.web.letters.asked import write_asked
from veerkracht.web.letters.content import LetterText, write
from veerkracht.web.letters.offers import write_offer
from veerkracht.web.letters.pdf import as_pdf

__all__ = ["LetterText", "as_pdf", "write", "write_asked", "write_offer"]
