"""A normalised text in, the kinds of personal data that it holds out."""

import re

from assistant.understanding.words import PersonalDataWord, screening_words


def kinds_of_personal_data(text: str) -> list[str]:
    """Name what in a text is about one person: numbers with their check digits, addresses, accounts."""
    return [word.name for word in screening_words().personal_data if _holds(word, text)]


def _holds(word: PersonalDataWord, text: str) -> bool:
    return any(_is_one(word, re.sub(r"\D", "", match[0])) for match in word.pattern.finditer(text))


def _is_one(word: PersonalDataWord, digits: str) -> bool:
    from stdnum import luhn
    from stdnum.jp import in_ as individual_number

    if word.check == "my_number":
        return individual_number.is_valid(digits)
    if word.check == "luhn":
        # Luhn's rule holds for a row of zeros, too.
        return luhn.is_valid(digits) and len(set(digits)) > 1
    return True
