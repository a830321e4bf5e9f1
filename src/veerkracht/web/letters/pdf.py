"""A letter as PDF for everyone, also for who listens to it: PDF/UA, made by Typst."""

import json
from functools import lru_cache
from pathlib import Path

import typst

from veerkracht.web.letters.content import LetterText

_FORM = Path(__file__).with_name("letter.typ")


def as_pdf(text: LetterText) -> bytes:
    """The letter as tagged PDF (PDF/UA-1)."""
    return _made(json.dumps(text.as_data(), ensure_ascii=False))


@lru_cache(maxsize=256)
def _made(content: str) -> bytes:
    return typst.compile(
        str(_FORM),
        format="pdf",
        sys_inputs={"letter": content},
        ignore_system_fonts=True,
        pdf_standards="ua-1",
    )
