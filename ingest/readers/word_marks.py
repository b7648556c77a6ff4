"""A number and the name that Office has for a way of counting in, the numeral out: 3 → ③, 三, ウ, Ⅲ, ３."""

_KATAKANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_HALF_KATAKANA = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ"
_IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス"
_LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ALPHABETS = {
    "aiueo": _HALF_KATAKANA, "aiueoFullWidth": _KATAKANA, "iroha": _IROHA, "irohaFullWidth": _IROHA,
    "upperLetter": _LATIN, "lowerLetter": _LATIN.lower(),
}  # fmt: skip
_CIRCLED = 0x2460
_ENCLOSED = {
    "decimalEnclosedCircle": (_CIRCLED, "({})"), "decimalEnclosedCircleChinese": (_CIRCLED, "({})"),
    "decimalEnclosedParen": (0x2474, "({})"), "decimalEnclosedFullstop": (0x2488, "{}."),
}  # fmt: skip
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_KANJI = "〇一二三四五六七八九"
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
          (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
# Bullets in symbol fonts, as their font draws them.
_SYMBOLS = {
    "\uf06c": "●", "\uf06e": "■", "\uf06f": "□", "\uf075": "◆", "\uf0a8": "□", "\uf0b2": "◆", "\uf0d8": "➢",
    "\uf0fc": "✓", "\uf0fe": "☑", "\uf0e8": "➡", "\uf0e0": "→", "\uf0ab": "★", "\uf0b7": "・", "\uf0a7": "■",
}  # fmt: skip
_LARGEST_ROMAN = 3999


def numeral(number: int, form: str) -> str:
    """Write `number` as the numbering format `form` (w:numFmt) has it; unknown formats in plain digits."""
    if form in _ALPHABETS:
        return _letter(number, _ALPHABETS[form])
    if form in _ENCLOSED:
        return _enclosed(number, *_ENCLOSED[form])
    if form in ("japaneseCounting", "chineseCounting", "chineseCountingThousand", "taiwaneseCounting"):
        return _kanji(number)
    match form:
        case "none":
            return ""
        case "decimalFullWidth" | "decimalFullWidth2":
            return str(number).translate(_FULL_WIDTH)
        case "decimalZero":
            return f"{number:02}"
        case "upperRoman" | "lowerRoman":
            return _roman(number) if form == "upperRoman" else _roman(number).lower()
        case "ideographDigital" | "japaneseDigitalTenThousand":
            return "".join(_KANJI[int(digit)] for digit in str(abs(number)))
    return str(number)


def _enclosed(number: int, first: int, otherwise: str) -> str:
    """①, ⑴ or ⒈, which there are up to 20 of; ① goes on to ㊿."""
    if first == _CIRCLED and 21 <= number <= 50:
        return chr(0x3251 + number - 21) if number <= 35 else chr(0x32B1 + number - 36)
    return chr(first + number - 1) if 1 <= number <= 20 else otherwise.format(number)


def bullet(mark: str) -> str:
    """Write a bullet; the marks of symbol fonts by the sign that they show, unknown ones as ・."""
    shown = "".join(_SYMBOLS.get(sign, "" if "\ue000" <= sign <= "\uf8ff" else sign) for sign in mark)
    return shown.strip() or "・"


def _letter(number: int, letters: str) -> str:
    """Word repeats the letter after the last one: Z, AA, BB."""
    if not 1 <= number <= len(letters) * 9:
        return str(number)
    return letters[(number - 1) % len(letters)] * ((number - 1) // len(letters) + 1)


def _roman(number: int) -> str:
    if not 1 <= number <= _LARGEST_ROMAN:
        return str(number)
    text = ""
    for unit, letters in _ROMAN:
        text += letters * (number // unit)
        number %= unit
    return text


def _kanji(number: int) -> str:
    if not 1 <= number <= 9999:
        return str(number)
    text = ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        text += f"{'' if digit == 1 and name else _KANJI[digit]}{name}" if digit else ""
    return text
