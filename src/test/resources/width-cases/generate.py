#!/usr/bin/env python3
"""Writes unicode.jsonl: texts and how many columns they take.

The figures come from Python's copy of the Unicode data (14.0, not the one that the product uses) and
from these rules, which are those of UAX 11 and of what terminals do:

- East_Asian_Width W and F take 2 columns, all others 1; ambiguous characters are narrow.
- Marks (Mn, Me), format characters (Cf) and the vowels and finals of Hangul take none.
- An emoji with its selector (FE0F), two regional indicators, a base with a skin tone, a sequence
  with joiners or tags take 2. Terminals dispute these, and emoji from Unicode 14 on: "contested".
- Controls, and halves of surrogate pairs, are shown as a symbol of 1.

Usage: generate.py > unicode.jsonl
"""
import json
import random
import sys
import unicodedata as u

assert u.unidata_version == "14.0.0", "the figures are those of Unicode 14"
rnd = random.Random(16)
seen = set()


def case(text, cells, kind):
    if text not in seen:
        seen.add(text)
        print(json.dumps({"text": text, "cells": cells, "class": kind}))


def alone(point):
    c = chr(point)
    if u.category(c) in ("Mn", "Me", "Cf") or 0x1160 <= point <= 0x11FF:
        return 0
    return 2 if u.east_asian_width(c) in "WF" else 1


def assigned(first, last):
    return [p for p in range(first, last + 1) if u.category(chr(p)) not in ("Cn", "Cs", "Cc")]


def letters(kind, first, last, step=1):
    """Single characters that are no marks, and words of them."""
    points = [p for p in assigned(first, last)[::step] if u.category(chr(p))[0] != "M" and alone(p)]
    for p in points:
        case(chr(p), alone(p), kind)
    for _ in range(min(12, len(points) // 4)):
        word = rnd.sample(points, min(len(points), rnd.randint(2, 9)))
        case("".join(map(chr, word)), sum(map(alone, word)), kind)


# Single characters of the scripts on which terminals agree
for p in range(0x20, 0x7F):
    case(chr(p), 1, "ascii")
for text in ["public static void main", "a  b", "x=y+z;", "~/.config/agent"]:
    case(text, len(text), "ascii")
letters("latin", 0xA1, 0xAC)
letters("latin", 0xAE, 0x24F)
letters("latin", 0x250, 0x2FF, 3)
letters("latin", 0x1E00, 0x1EFF, 2)
letters("greek", 0x370, 0x3FF)
letters("cyrillic", 0x400, 0x52F, 2)
letters("armenian", 0x531, 0x58A, 3)
letters("hebrew", 0x5D0, 0x5F4)
letters("arabic", 0x620, 0x64A)
letters("georgian", 0x10D0, 0x10FF, 2)
letters("ethiopic", 0x1200, 0x137C, 9)
letters("cherokee", 0x13A0, 0x13F5, 5)
letters("punctuation", 0x2010, 0x2027)
letters("punctuation", 0x2030, 0x205E)
letters("numbers", 0x2070, 0x209C)
letters("numbers", 0x2150, 0x218B)
letters("currency", 0x20A0, 0x20C0)
letters("letterlike", 0x2100, 0x214F)
letters("arrows", 0x2190, 0x21FF)
letters("mathematics", 0x2200, 0x22FF, 2)
letters("mathematics", 0x1D400, 0x1D7FF, 17)
letters("ambiguous", 0x2460, 0x24FF, 2)
letters("box", 0x2500, 0x257F)
letters("blocks", 0x2580, 0x259F)
letters("braille", 0x2800, 0x28FF, 5)
letters("cjk", 0x2E80, 0x2FD5, 7)
letters("cjk", 0x3001, 0x3029)
letters("cjk", 0x3105, 0x312F, 3)
letters("cjk", 0x3200, 0x33FF, 5)
letters("cjk", 0x3400, 0x4DBF, 97)
letters("cjk", 0x4E00, 0x9FFF, 61)
letters("cjk", 0xF900, 0xFAD9, 13)
letters("cjk", 0x20000, 0x2A6DF, 997)
letters("cjk", 0x30000, 0x3134A, 499)
letters("yi", 0xA000, 0xA4C6, 41)
letters("kana", 0x3041, 0x3096)
letters("kana", 0x30A1, 0x30FF)
letters("kana", 0x31F0, 0x31FF)
letters("hangul", 0xAC00, 0xD7A3, 53)
letters("hangul", 0x3131, 0x318E, 3)
letters("fullwidth", 0xFF01, 0xFF60)
letters("fullwidth", 0xFFE0, 0xFFE6)
letters("halfwidth", 0xFF61, 0xFF9D)
letters("halfwidth", 0xFFA1, 0xFFDC)
letters("halfwidth", 0xFFE8, 0xFFEE)
for p in [0xE000, 0xE0A0, 0xE0B0, 0xE0B2, 0xE5FF, 0xF015, 0xF8FF, 0xF0000, 0xF1234, 0x100000]:
    case(chr(p), 1, "private")
case("\ue0b0 main \ue0b0", 8, "private")

# Marks on what they belong to
LATIN = "aeioucnszgE"
for p in assigned(0x300, 0x36F):
    if p != 0x34F:
        case(rnd.choice(LATIN) + chr(p), 1, "combining")
for first, last in [(0x1AB0, 0x1ACE), (0x1DC0, 0x1DFF), (0xFE20, 0xFE2F)]:
    for p in assigned(first, last):
        case(rnd.choice(LATIN) + chr(p), 1, "combining")
for p in assigned(0xC0, 0x17F):
    apart = u.normalize("NFD", chr(p))
    if len(apart) > 1:
        case(apart, 1, "combining")
for p in assigned(0x1EA0, 0x1EF9):
    case(u.normalize("NFD", chr(p)), 1, "combining")
for word in ["Ångström", "naïve café", "Tiếng Việt", "Zürich", "čeština"]:
    case(u.normalize("NFD", word), len(word), "combining")
case("a" + "\u0301" * 30, 1, "combining")
for p in range(0x591, 0x5BE):
    case("ש" + chr(p), 1, "combining")
for p in list(range(0x64B, 0x660)) + [0x670]:
    case("ب" + chr(p), 1, "combining")
for base in "かきくけこさしすはひふへほ":
    case(base + "\u3099", 2, "combining")
for base in "はひふへほ":
    case(base + "\u309a", 2, "combining")
for base in "漢字語":
    case(base + "\u0301", 2, "combining")

# Hangul in letters
for _ in range(160):
    lead, vowel, tail = rnd.randint(0x1100, 0x1112), rnd.randint(0x1161, 0x1175), rnd.randint(0x11A8, 0x11C2)
    case(chr(lead) + chr(vowel), 2, "jamo")
    case(chr(lead) + chr(vowel) + chr(tail), 2, "jamo")
for p in range(0x1100, 0x1113):
    case(chr(p), 2, "jamo")
for syllable in "한국어문서파일삭제":
    case(u.normalize("NFD", syllable), 2, "jamo")

# Thai, Lao and the scripts of India, as long as a cluster has one part that takes room
for p in range(0xE01, 0xE2F):
    case(chr(p), 1, "thai")
    for mark in (0xE31, 0xE34, 0xE38, 0xE48, 0xE4C):
        if rnd.random() < 0.5:
            case(chr(p) + chr(mark), 1, "thai")
    case(chr(p) + "\u0e35\u0e48", 1, "thai")
case("สวัสดี", 4, "thai")
case("ภาษาไทย", 7, "thai")
case("น้ำ", 2, "thai")
case("ທ່ານ", 3, "lao")
for base in range(0xE81, 0xEAF):
    if u.category(chr(base)) == "Lo":
        case(chr(base) + "\u0eb4", 1, "lao")
MARKS = {0x900: "\u0941\u0947\u0902", 0x980: "\u09c1\u09c2", 0xA00: "\u0a41\u0a47", 0xA80: "\u0ac1\u0ac7",
         0xB80: "\u0bc0", 0xC00: "\u0c3f\u0c46", 0xD00: "\u0d41\u0d42"}
for block, marks in MARKS.items():
    for p in assigned(block + 0x15, block + 0x39):
        if u.category(chr(p)) == "Lo":
            case(chr(p), 1, "indic")
            for mark in marks:
                case(chr(p) + mark, 1, "indic")
for text in ["का", "कि", "मी", "বা", "தா", "క్ష", "ക്ഷ"]:
    wide = sum(1 for c in text if u.category(c) not in ("Mn", "Me"))
    case(text, min(2, wide), "contested")
case("क्ष", 2, "contested")

# Nothing to see
for p in [0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF]:
    case("a" + chr(p) + "b", 2, "contested" if p == 0x200D else "zero")
for p in range(0, 0x20):
    if p not in (9, 10, 13):
        case("a" + chr(p) + "b", 3, "control")
for p in list(range(0x7F, 0x85)) + [0x9B, 0x9F]:
    case("a" + chr(p) + "b", 3, "control")
for half in (0xD800, 0xD83D, 0xDBFF, 0xDC00, 0xDE00, 0xDFFF):
    case(chr(half), 1, "surrogate")
    case("x" + chr(half) + "y", 3, "surrogate")

# Emoji by themselves: wide since before Unicode 14
NEW = set(range(0x1F6DD, 0x1F6E0)) | {0x1F7F0, 0x1F979, 0x1F9CC, 0x1FA7B, 0x1FA7C}
NEW |= set(range(0x1FAA9, 0x1FAAD)) | set(range(0x1FAB7, 0x1FABB)) | set(range(0x1FAC3, 0x1FAC6))
NEW |= set(range(0x1FAD7, 0x1FADA)) | set(range(0x1FAE0, 0x1FAE8)) | set(range(0x1FAF0, 0x1FAF7))
PRESENTED = [p for p in assigned(0x231A, 0x2B55) if u.east_asian_width(chr(p)) == "W" and not 0x2E80 <= p]
PRESENTED = [p for p in PRESENTED if p not in (0x2329, 0x232A)]
PRESENTED += [p for p in assigned(0x1F300, 0x1FAFF) if u.east_asian_width(chr(p)) == "W"]
PRESENTED += [0x1F004, 0x1F0CF, 0x1F18E, 0x1F191, 0x1F19A, 0x1F201, 0x1F232, 0x1F250]
for p in PRESENTED:
    if 0x1F3FB <= p <= 0x1F3FF:
        continue
    case(chr(p), 2, "contested" if p in NEW else "emoji")
old = [p for p in PRESENTED if p not in NEW and not 0x1F3FB <= p <= 0x1F3FF]
for _ in range(60):
    text = "".join(chr(p) for p in rnd.sample(old, rnd.randint(2, 4)))
    case(text, 2 * len(text), "emoji")

# Emoji of two minds: narrow as text, wide with the selector
TEXTUAL = "©®‼⁉™ℹ↔↕↖↗↘↙↩↪⌨⏏⏭⏮⏯⏱⏲⏸⏹⏺Ⓜ▪▫▶◀◻◼☀☁☂☃☄☎☑☘☝☠☢☣☦☪☮☯☸☹☺♀♂♟♠♣♥♦♨♻♾⚒⚔⚕⚖⚗⚙⚛⚜⚠⚧⚰⚱⛈⛏⛑⛓⛩⛰⛱⛴⛷⛸⛹✂✈✉✌✍✏✒✔✖✝✡✳✴❄❇❣❤➡⤴⤵⬅⬆⬇〽"
for c in TEXTUAL:
    if c != "〽":
        case(c, 1, "symbols")
    case(c + "\ufe0f", 2, "contested")
    case(c + "\ufe0e", 2 if c == "〽" else 1, "contested")
for p in [0x1F321, 0x1F336, 0x1F37D, 0x1F396, 0x1F3CB, 0x1F441, 0x1F56F, 0x1F575, 0x1F5A5, 0x1F6E0]:
    case(chr(p), 1, "symbols")
    case(chr(p) + "\ufe0f", 2, "contested")
for c in "⌚⌛⏩⏰☔♈⚓⚡⚽⛄✅✨❌❓➕⭐":
    case(c + "\ufe0f", 2, "contested")
    case(c + "\ufe0e", 2, "contested")
for c in "0123456789#*":
    case(c + "\ufe0f\u20e3", 2, "contested")
    case(c + "\u20e3", 1, "contested")

# Flags
REGIONS = "DE FR GB US JP CN KR IN BR ZA AU CA CH AT IT ES PT NL BE SE NO DK FI PL CZ UA TR IL EG NG AQ EU UN XK".split()
flag = lambda code: "".join(chr(0x1F1E6 + ord(c) - 65) for c in code)
for code in REGIONS:
    case(flag(code), 2, "contested")
    case("a " + flag(code) + " b", 6, "contested")
for _ in range(20):
    codes = rnd.sample(REGIONS, 2)
    case(flag(codes[0]) + flag(codes[1]), 4, "contested")
for letter in "ADZ":
    case(flag(letter), 2, "contested")
for tags in ("gbeng", "gbsct", "gbwls"):
    case("\U0001F3F4" + "".join(chr(0xE0000 + ord(c)) for c in tags) + "\U000E007F", 2, "contested")

# Skin tones and sequences
TONES = [chr(p) for p in range(0x1F3FB, 0x1F400)]
for tone in TONES:
    case(tone, 2, "contested")
for p in [0x261D, 0x26F9, 0x270A, 0x270C, 0x1F385, 0x1F3C3, 0x1F442, 0x1F44B, 0x1F44D, 0x1F466, 0x1F468,
          0x1F469, 0x1F46E, 0x1F478, 0x1F4AA, 0x1F590, 0x1F645, 0x1F64F, 0x1F918, 0x1F926, 0x1F937, 0x1F9D1]:
    for tone in TONES:
        case(chr(p) + tone, 2, "contested")
J = "\u200d"
JOBS = [0x1F33E, 0x1F373, 0x1F393, 0x1F3A4, 0x1F3A8, 0x1F3EB, 0x1F3ED, 0x1F4BB, 0x1F4BC, 0x1F527, 0x1F52C, 0x1F680, 0x1F692]
for person in (0x1F468, 0x1F469, 0x1F9D1):
    for job in JOBS:
        case(chr(person) + J + chr(job), 2, "contested")
        case(chr(person) + rnd.choice(TONES) + J + chr(job), 2, "contested")
    for sign in "⚕⚖✈":
        case(chr(person) + J + sign + "\ufe0f", 2, "contested")
for p in (0x1F3C3, 0x1F46E, 0x1F64B, 0x1F926, 0x1F937):
    for sign in "♀♂":
        case(chr(p) + J + sign + "\ufe0f", 2, "contested")
        case(chr(p) + rnd.choice(TONES) + J + sign + "\ufe0f", 2, "contested")
for points in ([0x1F468, 0x1F469, 0x1F467, 0x1F466], [0x1F469, 0x1F469, 0x1F466], [0x1F441, 0x1F5E8],
               [0x1F415, 0x1F9BA], [0x1F408, 0x2B1B], [0x1F43B, 0x2744], [0x1F469, 0x2764, 0x1F468]):
    case(J.join(map(chr, points)), 2, "contested")
case("\U0001F3F3\ufe0f" + J + "\U0001F308", 2, "contested")
case("\U0001F3F4" + J + "\u2620\ufe0f", 2, "contested")
case("\u2764\ufe0f" + J + "\U0001F525", 2, "contested")
print(len(seen), file=sys.stderr)
