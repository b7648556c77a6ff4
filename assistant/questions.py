"""What was typed in, what a person sees of it out."""

import unicodedata


def clean_text(text: str) -> str:
    """Return what a person sees of a text: no control, invisible or unpaired characters, no outer blanks."""
    return "".join(character for character in text if character in "\n\t" or _is_visible(character)).strip()


def _is_visible(character: str) -> bool:
    # Cc control, Cf invisible and direction marks, Cs unpaired surrogates: never meant, and some do harm further on.
    return unicodedata.category(character) not in ("Cc", "Cf", "Cs")
