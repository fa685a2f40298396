"""In which language and voice a plan has a text said: as it is marked, or as it surely is."""

from __future__ import annotations

from reader.speech.engine import VoiceId
from reader.speech.planning.planner import Plan
from reader.text.document import (
    Block,
    BlockKind,
    Document,
    Inline,
    InlineKind,
    Section,
    fingerprint_of,
)
from reader.text.lazy_sections import LazySections
from tests.speech.planned_documents import (
    assert_every_letter_once,
    assert_sound,
    document_of,
    one_block,
    paragraphs,
    section_of,
)


def test_the_language_is_the_nearest_that_is_marked() -> None:
    text = "Elle dit oui. Then he said no.\n\nDas ist gut."
    section = Section(
        0,
        "",
        text,
        (
            Block(0, 30, BlockKind.PARAGRAPH),
            Block(32, len(text), BlockKind.PARAGRAPH, language="de"),
        ),
        (Inline(0, 13, InlineKind.LANGUAGE, "fr"), Inline(19, 21, InlineKind.LANGUAGE, "la")),
    )
    marked = Plan(document_of(section, language="en-GB"))
    assert [u.language for u in marked.utterances()] == ["fr", "en-GB", "de"]
    unmarked = Plan(
        document_of(section_of(0, [(BlockKind.PARAGRAPH, "Oui.")]), language=None), "fr"
    )
    assert [u.language for u in unmarked.utterances()] == ["fr"]


def test_no_more_of_a_text_is_read_than_its_language_takes() -> None:
    read: list[int] = []

    def section_number(index: int) -> Section:
        read.append(index)
        return section_of(index, [(BlockKind.PARAGRAPH, GERMAN)])

    sections = LazySections([len(GERMAN)] * 5, section_number)
    document = Document("", (), None, sections, fingerprint_of([""]))
    assert next(iter(Plan(document).utterances())).language == "de"
    assert read == [0]


def test_a_long_foreign_run_is_said_in_its_own_language_and_a_short_one_is_not() -> None:
    text = "He said je ne sais pas quoi and adieu to all of them."
    runs = (
        Inline(8, 27, InlineKind.LANGUAGE, "fr"),
        Inline(32, 37, InlineKind.LANGUAGE, "fr"),
    )
    section = Section(0, "", text, (Block(0, len(text), BlockKind.PARAGRAPH),), runs)
    utterances = list(Plan(document_of(section)).utterances())
    assert [(u.language, u.spoken) for u in utterances] == [
        ("en", "He said"),
        ("fr", "je ne sais pas quoi"),
        ("en", "and adieu to all of them."),
    ]
    assert_sound(utterances)
    assert_every_letter_once(document_of(section))


GERMAN = "Der alte Mann ging langsam über die Brücke und dachte dabei an seine 2 Töchter."


def test_a_paragraph_surely_in_another_language_is_said_in_it() -> None:
    document = paragraphs("He had 2 daughters, whom nobody had seen for years and years.", GERMAN)
    first, second = Plan(document).utterances()
    assert (first.language, second.language) == ("en", "de")
    assert "seine zwei" in second.spoken


def test_what_the_markup_says_goes_before_any_guess() -> None:
    block = Block(0, len(GERMAN), BlockKind.PARAGRAPH, language="da")
    document = document_of(Section(0, "", GERMAN, (block,)))
    assert {u.language for u in Plan(document).utterances()} == {"da"}


def test_a_text_that_does_not_say_its_language_is_said_in_that_of_its_beginning() -> None:
    section = section_of(0, [(BlockKind.HEADING, "Eins"), (BlockKind.PARAGRAPH, GERMAN)])
    document = document_of(section, language=None)
    assert {u.language for u in Plan(document).utterances()} == {"de"}
    assert {u.language for u in Plan(one_block("Hi.")).utterances()} == {"en"}


def test_a_section_in_another_language_than_the_text_says_is_said_in_it_whole() -> None:
    kinds = [(BlockKind.HEADING, "Vorwort"), *[(BlockKind.PARAGRAPH, GERMAN)] * 3]
    kinds.append((BlockKind.LIST_ITEM, "Das Ende"))
    document = document_of(section_of(0, kinds), language="en-US")
    assert {u.language for u in Plan(document).utterances()} == {"de"}


def test_a_passage_in_another_language_is_given_to_its_voice() -> None:
    document = paragraphs("He had two daughters, whom nobody had seen for years.", GERMAN)
    voices = {"de": VoiceId("espeak:de")}
    first, second = Plan(document, voice_for=voices.get).utterances()
    assert (first.voice, second.voice) == (None, "espeak:de")


FRENCH_QUOTATION = (
    "« Longtemps, je me suis couché de bonne heure, et parfois, à peine ma bougie éteinte, "
    "mes yeux se fermaient si vite »"
)


def test_a_sentence_in_another_language_is_said_in_it_within_a_paragraph() -> None:
    begin, end = "Grimm begins otherwise.", "And so it goes on to the end of the tale."
    utterances = Plan(one_block(f"{begin} {GERMAN} {end}")).utterances()
    assert [utterance.language for utterance in utterances] == ["en", "de", "en"]


def test_a_quotation_in_another_language_is_said_in_it_within_a_sentence() -> None:
    text = f"The novel that everybody means to read some day begins {FRENCH_QUOTATION}."
    first, *quoted = Plan(one_block(text)).utterances()
    assert (first.language, first.spoken) == (
        "en",
        "The novel that everybody means to read some day begins",
    )
    assert {utterance.language for utterance in quoted} == {"fr"}
    assert quoted[0].spoken.startswith("Longtemps")
