"""A normalised text in, the kinds of personal data that it holds out."""

import re

from assistant.understanding.words import PersonalDataWord, screening_words

_KANJI_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
# A single kanji digit is part of a word (一部, 二次), circles alone stand for a name (〇〇課).
_KANJI_ROW = re.compile("(?=[〇零]*[一二三四五六七八九])[〇零一二三四五六七八九]{2,}")
_DASH = "-\u00ad\u058a\u2010-\u2015\u2043\u207b\u2212\u2500\u2501\u2e3a\u2e3b\u30fc\uff70\ufe58\ufe63\uff0d"
_DASHES = re.compile(f"(?<=[0-9])\\s?[{_DASH}]\\s?(?=[0-9])")
# Ten or eleven digits after a zero, or the twelve of a マイナンバー, with a blank between all of them.
_SPACED_OUT = re.compile(r"(?<![\d.,])(?:0(?:\s[0-9]){9,10}|[0-9](?:\s[0-9]){11})(?![\d.,])")


def kinds_of_personal_data(text: str) -> list[str]:
    """Name what in a text is about one person: numbers with their check digits, addresses, accounts."""
    return [word.name for word in screening_words().personal_data if _holds(word, text)]


def with_plain_numbers(text: str) -> str:
    """Return the text with its numbers plain: one kind of dash, no kanji digits, no blank after every digit."""
    digits = _KANJI_ROW.sub(lambda row: row[0].translate(_KANJI_DIGITS), text)
    dashed = _DASHES.sub("-", digits)
    return _SPACED_OUT.sub(lambda row: re.sub(r"\s", "", row[0]), dashed)


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
