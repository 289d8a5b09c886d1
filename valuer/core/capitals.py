"""An amount in Chinese capitals (人民币大写), as banks and reports write it.

Source: 《正确填写票据和结算凭证的基本规定》: digits 壹 to 玖, 零 where digits are
skipped, 整 after 元 or 角 where nothing follows.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万亿")
CURRENCIES = {
    "CNY": "人民币",
    "USD": "美元",
    "EUR": "欧元",
    "HKD": "港元",
    "JPY": "日元",
    "GBP": "英镑",
}
"""What stands before the amount, by currency code."""

LARGEST = Decimal(10) ** 16


def capitals(amount: Decimal, currency: str = "CNY") -> str:
    """Return an amount of money in capitals, rounded half up to 分.

    An amount of 10¹⁶ or more, or of a currency we cannot name, gives "".
    """
    # Compared first: quantize refuses more digits than the context holds.
    if abs(amount) >= LARGEST or currency not in CURRENCIES:
        return ""
    rounded = amount.quantize(Decimal("0.01"), ROUND_HALF_UP)
    if abs(rounded) == LARGEST:
        return ""
    cents = int(abs(rounded) * 100)
    yuan, jiao, fen = cents // 100, cents // 10 % 10, cents % 10
    sign = "负" if rounded < 0 else ""
    words = f"{_integer(yuan)}元" if yuan or not cents else ""
    return CURRENCIES[currency] + sign + words + _fraction(yuan, jiao, fen)


def _fraction(yuan: int, jiao: int, fen: int) -> str:
    if not jiao and not fen:
        return "整"
    if not fen:
        return f"{DIGITS[jiao]}角整"
    lead = f"{DIGITS[jiao]}角" if jiao else ("零" if yuan else "")
    return f"{lead}{DIGITS[fen]}分"


def _integer(number: int) -> str:
    if number == 0:
        return DIGITS[0]
    groups = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    words, skipped = "", False
    for index in reversed(range(len(groups))):
        group = groups[index]
        if group == 0:
            skipped = True
            # 亿 stands even where its own four digits are nought, as in 壹万亿元
            continue
        if words and (skipped or group < 1000):
            words += DIGITS[0]
        words += _group(group) + _group_word(index, groups)
        skipped = False
    return words


def _group_word(index: int, groups: list[int]) -> str:
    """Return 万, 亿 or 万亿; 万 alone where the 亿 group speaks for itself."""
    if index == 3 and groups[2]:
        return "万"
    return GROUPS[index]


def _group(group: int) -> str:
    words, skipped = "", False
    for place in reversed(range(4)):
        digit = group // 10**place % 10
        if digit == 0:
            skipped = bool(words)
            continue
        if skipped:
            words += DIGITS[0]
        words += DIGITS[digit] + PLACES[place]
        skipped = False
    return words
