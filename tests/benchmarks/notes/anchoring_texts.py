"""The texts that anchoring is measured on: books where they are at hand, else made ones."""

from __future__ import annotations

import random
from pathlib import Path

from reader.formats.registry import open_document
from reader.text.document import Document

# letters of each script, how words are parted, and what ends a sentence
SCRIPTS: dict[str, tuple[str, str, str]] = {
    "Greek": ("αβγδεζηθικλμνξοπρστυφχψωάέήίόύώ", " ", ". "),
    "Cyrillic": ("абвгдежзийклмнопрстуфхцчшщыьэюя", " ", ". "),
    "Arabic": ("ابتثجحخدذرزسشصضطظعغفقكلمنهويةءَُِّ", " ", "؟ "),
    "Hebrew": ("אבגדהוזחטיכלמנסעפצקרשתםןךְִַָ", " ", ". "),
    "Devanagari": ("कखगघचछजझटडतथदधनपबभमयरलवशसहािीुूेैो्ं", " ", "। "),
    "Thai": ("กขคงจชซญดตถทธนบปผพฟมยรลวสหอาิีุูเแโไ่้", "", " "),
    "Chinese": ("".join(map(chr, range(0x4E00, 0x4E00 + 1800))), "", "。"),
    "Japanese": (
        "".join(map(chr, [*range(0x3041, 0x3094), *range(0x30A1, 0x30F7), *range(0x5B50, 0x5DF0)])),
        "",
        "。",
    ),
}


def book_texts(folder: Path) -> dict[str, list[str]]:
    """Return the paragraphs of the EPUB files in a folder, if there is one, by their names."""
    return {path.stem: paragraphs_of(open_document(path)) for path in sorted(folder.glob("*.epub"))}


def paragraphs_of(document: Document) -> list[str]:
    """Return the texts of a document's blocks."""
    return [
        text
        for section in document.sections
        for block in section.blocks
        if (text := section.text[block.start : block.end].strip())
    ]


def made_text(script: str, characters: int, seed: int = 1) -> list[str]:
    """Return paragraphs of words that are as common or rare as a language's."""
    letters, gap, stop = SCRIPTS.get(script, ("etaoinshrdlucmfwypvbgkjqxz", " ", ". "))
    chance = random.Random(f"{script} {seed}")
    weights = [1 / (number + 3) for number in range(len(letters))]
    longest = 3 if len(letters) > 200 else 9
    words = [
        "".join(chance.choices(letters, weights, k=chance.randint(1, longest))) for _ in range(4000)
    ]
    frequencies = [1 / (number + 2) for number in range(len(words))]
    paragraphs: list[str] = []
    length = 0
    while length < characters:
        sentences = [
            gap.join(chance.choices(words, frequencies, k=chance.randint(4, 28)))
            for _ in range(chance.randint(1, 7))
        ]
        paragraph = stop.join(sentence.capitalize() for sentence in sentences) + stop.strip()
        paragraphs.append(paragraph)
        length += len(paragraph) + 2
    return paragraphs


def made_song(verses: int = 120, seed: int = 3) -> list[str]:
    """Return verses with a refrain: phrases that stand again and again."""
    chance = random.Random(seed)
    lines = [line.split(". ")[0] for line in made_text("Latin", verses * 160, seed)]
    refrain = "And so say all of us, and so say all of us"
    return [
        "\n".join([*chance.sample(lines, 3), refrain, chance.choice(lines[:12])])
        for _ in range(verses)
    ]
