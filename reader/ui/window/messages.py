"""What the window says when something is not as it should be: one line and what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from reader import errors
from reader.app.wording import (
    rule_fault_words,
    sentence_for,
    slow_rule_sentence,
    slow_voice_sentence,
)
from reader.text.document import Document, NoticeKind
from reader.ui.window.voice_words import words_for_id
from reader.values import value

if TYPE_CHECKING:
    from reader.library.web_page import KeptPage
    from reader.speech.engine import Voice
    from reader.speech.planning.pronunciation import Rule, RuleFault


class Remedy(StrEnum):
    """What a message offers; the values are the words on the button."""

    TRY_AGAIN = "Try again"
    CHOOSE_TEXT = "Choose another text"
    RELOAD = "Read it again"
    CHOOSE_VOICE = "Choose a voice"
    SHOW_UNSAID = "Show"
    SHOW_VOICES = "See it"
    ENTER_PASSWORD = "Enter it"
    RECOGNISE = "Recognise its text"
    STOP = "Stop"
    BRING_BACK = "Bring it back"
    FETCH = "Fetch it"
    ALWAYS_FETCH = "Always, without asking"


class Subject(StrEnum):
    """What a message is about. A later message about the same subject takes the place of it."""

    TEXT = "text"
    FILE = "file"
    NOTES = "notes"
    VOICE = "voice"
    LANGUAGE = "language"
    PRONUNCIATION = "pronunciation"
    OFFER = "offer"
    BACKUP = "backup"
    SHARING = "sharing"
    DEVICE = "device"
    UNSAID = "unsaid"
    STORAGE = "storage"
    CRASH = "crash"
    WEB = "web"


@value
class Message:
    """One line about `subject`, and what the user may do.

    One without remedies leaves by itself after a while, unless it `stays`.
    """

    subject: Subject
    text: str
    remedies: tuple[Remedy, ...] = ()
    stays: bool = False


VOICE_INSTALLED = Message(Subject.VOICE, "The voice is here.", (Remedy.CHOOSE_VOICE,))


def about_unsaid(count: int) -> Message:
    """Say how many sentences the voice could not say and has passed over."""
    what = "One sentence" if count == 1 else f"{count} sentences"
    text = f"{what} could not be said; the voice went on after {'it' if count == 1 else 'them'}."
    return Message(Subject.UNSAID, text, (Remedy.SHOW_UNSAID,))


BESIDE_ANOTHER = Message(
    Subject.CRASH, "Another Sottovoce is running and doesn't answer; this window is beside it."
)

NOTHING_HIGHLIGHTED = Message(
    Subject.NOTES, "Nothing is highlighted in this text yet. Select a passage and press H."
)
HIGHLIGHTS_GONE = Message(
    Subject.NOTES, "There is no highlight any more; the whole text is played again."
)
NOTHING_IS_READ = Message(
    Subject.UNSAID, "All of this text is passed over. Press R to choose what is read."
)
NOTE_GONE = Message(Subject.NOTES, "The note that the link leads to is not in this text any more.")

NOTE_REMOVED = Message(
    Subject.NOTES, "The note that the link leads to was removed.", (Remedy.BRING_BACK,)
)


PLACE_UNSURE = Message(
    Subject.NOTES, "The text has changed since the link was made: its place may be another one now."
)

NO_SUCH_PLACE = Message(Subject.TEXT, "The place that the link names is not in this text.")

LINK_COPIED = Message(Subject.NOTES, "The link is copied. Paste it into a note, or anywhere.")


def about_address(error: errors.SottovoceError) -> Message:
    """Say why a link into a text can't be followed."""
    return Message(Subject.TEXT, sentence_for(error), (Remedy.CHOOSE_TEXT,))


def about_unspoken_language(language: str, voice: str) -> Message:
    """Say that no voice is made for a text's language, and which one reads it all the same."""
    text = f"No voice here speaks {language or 'the language of this text'}. {voice} reads it."
    return Message(Subject.LANGUAGE, text, (Remedy.CHOOSE_VOICE,))


def about_slow_voice(speed: float) -> Message:
    """Say that the voice can't keep up with a speed on this machine."""
    return Message(Subject.VOICE, slow_voice_sentence(speed), (Remedy.CHOOSE_VOICE,))


def about_slow_rule(rule: Rule, file: Path) -> Message:
    """Say that a rule of pronunciation is left out as it takes too long."""
    return Message(Subject.PRONUNCIATION, slow_rule_sentence(rule, file), stays=True)


def about_rule_faults(faults: Sequence[RuleFault], file: Path) -> Message:
    """Say how many rules of pronunciation can't be used, and which is the first."""
    what = "A rule" if len(faults) == 1 else f"{len(faults)} rules"
    text = f"{what} for how words sound can't be used. {file}, {rule_fault_words(faults[0])}."
    return Message(Subject.PRONUNCIATION, text, stays=True)


def about_natural_voice(voice: Voice) -> Message:
    """Offer a voice that is to be fetched and sounds more natural than the one that reads."""
    text = (
        f"{voice.name} is a more natural voice, and this machine is fast enough for it. "
        f"Nothing is fetched before you say so."
    )
    return Message(Subject.OFFER, text, (Remedy.SHOW_VOICES,))


NO_ADDRESS_COPIED = Message(
    Subject.WEB, "There is no web address on the clipboard. Copy one that begins with https first."
)


def _host_of(address: str) -> str:
    from reader.text.web_address import host_of  # most windows never see an address

    return host_of(address)


def about_web_page(address: str) -> Message:
    """Ask whether a page may be fetched, and say what that means."""
    text = (
        f"{address} is on the web. Fetch this page from {_host_of(address)}? It is all that is "
        "fetched; a copy is kept on this machine."
    )
    return Message(Subject.WEB, text, (Remedy.FETCH, Remedy.ALWAYS_FETCH), stays=True)


def about_fetching(address: str, received_bytes: int) -> Message:
    """Say that a page is being fetched, and how much of it has come."""
    so_far = f" {received_bytes / 1000:,.0f} kB" if received_bytes else ""
    return Message(
        Subject.WEB, f"Fetching from {_host_of(address)}…{so_far}", (Remedy.STOP,), stays=True
    )


def about_kept_page(page: KeptPage, address: str) -> Message:
    """Say who sent a page, and where its copy is."""
    way = "" if page.host == _host_of(address) else f", where {_host_of(address)} sent us on to"
    return Message(Subject.WEB, f"From {page.host}{way}. The copy is {page.path}.")


def about_page_not_fetched(error: errors.SottovoceError) -> Message:
    """Say why a page isn't here."""
    return Message(Subject.WEB, sentence_for(error), (Remedy.TRY_AGAIN,))


def about_text(error: errors.SottovoceError) -> Message:
    """Say why a text could not be opened."""
    match error:
        case errors.TextNeedsPassword():
            text = f"{error.path.name} is locked with a password."
            return Message(Subject.TEXT, text, (Remedy.ENTER_PASSWORD, Remedy.CHOOSE_TEXT))
        case errors.TextNotRecognised():
            return _about_unrecognised(error)
        case errors.RecognitionFailed():
            remedies = (Remedy.RECOGNISE, Remedy.CHOOSE_TEXT)
            return Message(Subject.TEXT, sentence_for(error), remedies)
    again = (Remedy.TRY_AGAIN,) if isinstance(error, _MAY_PASS) else ()
    return Message(Subject.TEXT, sentence_for(error), (*again, Remedy.CHOOSE_TEXT))


def _about_unrecognised(error: errors.TextNotRecognised) -> Message:
    """Say that there is no text to be read, and offer what this machine can do about it."""
    from reader.formats.pdf.recognition import find_tesseract

    what = "text whose letters can't be told" if error.is_garbled else "pictures of pages, no text"
    text = f"{error.path.name} holds {what}."
    if find_tesseract() is None:
        text += " Install Tesseract to have its text recognised here."
        return Message(Subject.TEXT, text, (Remedy.TRY_AGAIN, Remedy.CHOOSE_TEXT))
    text += f" Tesseract can read its {_pages(error.page_count)}, on this machine."
    return Message(Subject.TEXT, text, (Remedy.RECOGNISE, Remedy.CHOOSE_TEXT))


def about_recognising(number: int, count: int) -> Message:
    """Say how far the recognising of a text is: page `number`, counted from 0, is begun."""
    text = f"Recognising the text: page {number + 1:,} of {count:,}…"
    return Message(Subject.TEXT, text, (Remedy.STOP,), stays=True)


def _pages(count: int) -> str:
    return "one page" if count == 1 else f"{count:,} pages"


_MAY_PASS = (
    errors.TextMissing,
    errors.TextEmpty,
    errors.TextNotPermitted,
    errors.TextReadFailed,
    errors.TextDamaged,
)


def about_device(name: str) -> Message:
    """Say that there is a device again, after the one that was played on went."""
    text = f"Reading paused when the sound device went. Space goes on, through {name}."
    return Message(Subject.DEVICE, text)


def about_voice(error: errors.SottovoceError) -> Message:
    """Say why nothing is read aloud; playing again is always possible."""
    match error:
        case errors.AudioDeviceMissing():
            return Message(Subject.DEVICE, sentence_for(error), (Remedy.TRY_AGAIN,))
        case errors.VoiceNotInstalled():
            name = words_for_id(error.voice_id).name
            text = f"The voice {name} is not on this machine, or its files are damaged."
            return Message(Subject.VOICE, text, (Remedy.CHOOSE_VOICE,))
        case errors.EngineUnavailable():
            return Message(Subject.VOICE, sentence_for(error), (Remedy.CHOOSE_VOICE,))
        case _:
            remedies = (Remedy.TRY_AGAIN, Remedy.CHOOSE_VOICE)
            return Message(Subject.VOICE, sentence_for(error), remedies)


def about_storage(error: errors.SottovoceError) -> Message:
    """Say that the app reads, but keeps nothing, or not yet."""
    left = "You can read and listen; notes can't be made."
    if isinstance(error, errors.StorageNotWritable):
        left = "What you write stays in the window, and is tried again."
    text = f"{sentence_for(error)} {left}"
    return Message(Subject.STORAGE, text, (Remedy.TRY_AGAIN,))


FILE_CHANGED = Message(
    Subject.FILE, "This text has changed on disk. Your notes stay.", (Remedy.RELOAD,)
)
FILE_GONE = Message(
    Subject.FILE,
    "The file of this text is gone. It stays open here, and your notes stay.",
    (Remedy.TRY_AGAIN, Remedy.CHOOSE_TEXT),
)


def about_crash(log: Path) -> Message:
    """Say that the last run went wrong, and where what is known about it lies."""
    text = f"Something went wrong last time; your notes were kept. What is known is in {log}."
    return Message(Subject.CRASH, text)


def about_opening(path: Path) -> Message:
    """Say that a text is being opened; for one that takes long."""
    return Message(Subject.TEXT, f"Opening {path.name}…", stays=True)


def about_notices(document: Document) -> Message | None:
    """Say what was noticed while the file was read; None if nothing that matters."""
    for notice in document.notices:
        if notice.kind is NoticeKind.BAD_BYTES:
            text = (
                "One byte of this file is no text; it shows as �."
                if notice.count == 1
                else f"{notice.count:,} bytes of this file are no text; they show as �."
            )
            return Message(Subject.TEXT, text)
        if notice.kind is NoticeKind.PART_MISSING:
            return Message(Subject.TEXT, f"This file lacks a part that it names: {notice.detail}.")
        if notice.kind is NoticeKind.PART_DAMAGED:
            return Message(Subject.TEXT, "This file is damaged; what can be read of it is here.")
        if notice.kind is NoticeKind.LAYOUT_LOST:
            return Message(
                Subject.TEXT, "The pages of this book are laid out; here its text flows instead."
            )
    return None


def about_script(script: str) -> Message:
    """Say that a text shows as boxes, and what can be done about it."""
    return Message(
        Subject.TEXT,
        f"No font on this machine has {script} letters, so they show as boxes. Install one that "
        "has them, such as one of the Noto fonts, and start Sottovoce again.",
        stays=True,
    )


NOTHING_SELECTED = Message(
    Subject.NOTES, "Nothing is selected. Select the passage in the text, then press it again."
)
