"""How Japanese words sound: kana in one shape, and the spellings of a text by their sound."""

import re

from vectorstore.tokens import content_words

_SHORTEST = 3
_LONGEST_RUN = 3


def sound(kana: str) -> str:
    """Reduce kana to how it sounds: hiragana, long vowels written one way (さいぼうず = サイボーズ)."""
    hiragana = "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in kana)
    return re.sub(
        r"(?<=[おこそとのほもよろごぞどぼぽょうくすつぬふむゆるぐずづぶぷゅ])[うー]|(?<=[えけせてねへめれげぜでべぺ])[いー]",
        "ー",
        hiragana,
    )


def spellings_of(text: str) -> dict[str, str]:
    """Map how nouns and runs of nouns sound to how `text` writes them, the first writing winning."""
    spellings: dict[str, str] = {}
    for line in dict.fromkeys(text.splitlines()):
        words = content_words(line)
        for start in range(len(words)):
            surface, heard = "", ""
            for word in words[start : start + _LONGEST_RUN]:
                if not word.pos.startswith("名詞") or (surface and not line_has(line, surface + word.surface)):
                    break
                surface, heard = surface + word.surface, heard + word.reading
                key = sound(heard)
                if len(key) >= _SHORTEST and re.search(r"[一-龠ァ-ヶA-Za-z]", surface):
                    spellings.setdefault(key, surface)
    return spellings


def line_has(line: str, run: str) -> bool:
    """Tell whether words stand side by side in a line."""
    return run in line
