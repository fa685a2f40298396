"""One plain sentence for each thing that can go wrong: what happened and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reader import errors

if TYPE_CHECKING:
    from reader.annotations.model import Annotation
    from reader.app.other_readers import BroughtIn
    from reader.speech.planning.pronunciation import Rule, RuleFault
    from reader.storage.backups import Mending

_MOST_NAMED = 3
"""Of a list whose length nobody knows, such as the addresses a note refers to."""

_OTHER_SELECTOR = "a selector of another kind"
_SELECTOR_ELSEWHERE = "a selector that lies elsewhere"
_SELECTORS = {
    "CssSelector": "a CSS selector",
    "DataPositionSelector": "a range of bytes",
    "FragmentSelector": "a fragment of an address",
    "RangeSelector": "a range of a page",
    "SvgSelector": "a shape on a picture",
    "TextPositionSelector": "a position in a part of a page",
    "XPathSelector": "an XPath",
}

_ENGINE_NAMES = {"piper": "Piper", "kokoro": "Kokoro", "pyttsx3": "eSpeak"}
"""Of the engines that come with the app."""


def sentence_for(error: errors.SottovoceError) -> str:
    """Say what happened and, where there is something to do, what; no full stop left out."""
    match error:
        case errors.TextMissing():
            return f"There is no file {error.path}. Check the name, or choose another text."
        case errors.TextEmpty():
            return f"{error.path} is empty: there is nothing to read in it."
        case errors.TextIsFolder():
            return f"{error.path} is a folder. Name a text inside it."
        case errors.TextNotPermitted():
            return f"{error.path} may not be read by you. Change its permissions, or copy it."
        case errors.TextNotAFile():
            return f"{error.path} is a device or pipe, not a file. Save it as a file first."
        case errors.TextIsBinary():
            return f"{error.path} holds no text that can be read here: it looks like binary data."
        case errors.TextTooLarge():
            return (
                f"{error.path} is too large: {error.size_bytes / 1e6:,.0f} MB, where at most "
                f"{error.limit_bytes / 1e6:,.0f} MB can be read. Split it first."
            )
        case errors.TextReadFailed():
            return f"Reading {error.path} failed: {error.reason}. Try again, or copy it elsewhere."
        case errors.TextDamaged():
            return f"{error.path} is damaged: {error.reason}. Try another copy of it."
        case errors.TextFormatNotRead():
            return (
                f"{error.path} is {error.kind}, which is not read here. "
                f"Save it as {error.save_as} in the program it was made with."
            )
        case errors.TextProtected() if error.scheme == "a password":
            return (
                f"{error.path} is protected by a password. Open it in the program it was made "
                "with and save it without one."
            )
        case errors.TextProtected():
            scheme = f" by {error.scheme}" if error.scheme else ""
            return (
                f"{error.path} is locked{scheme} and can't be read here. "
                "Choose a copy without copy protection."
            )
        case errors.TextNeedsPassword():
            if error.is_wrong:
                return f"{error.path} can't be opened with this password. Try another."
            return (
                f"{error.path} is locked with a password. Open it in the window, or put the "
                "password into the environment as SOTTOVOCE_PASSWORD."
            )
        case errors.TextNotRecognised():
            what = (
                "holds text whose letters can't be told"
                if error.is_garbled
                else "holds pictures of its pages and no text"
            )
            return (
                f"{error.path} {what}. Open it in the window to have its text recognised, "
                "or choose another copy."
            )
        case errors.RecognitionFailed():
            return f"The text could not be recognised: {error.reason}."
        case errors.ArchiveUnsafe():
            return f"{error.path} was not opened, for safety: {error.reason}."
        case errors.NotesUnreadable():
            return (
                f"{error.path} can't be read as notes, at {error.where}: {error.reason}. "
                "Export it again where it comes from, or choose another file."
            )
        case errors.NotesNotWritable():
            return f"The notes can't be put into a copy: {error.reason}. Choose another format."
        case errors.AddressUnknown():
            return (
                f"No text known here is the one that {error.address} leads to. "
                "Open that text once, then follow the link again."
            )
        case errors.TemplateRefused():
            return f"The template {error.path} can't be used, in line {error.line}: {error.reason}."
        case errors.PlaceOutsideText():
            return f"The text has no such place: {error}."
        case errors.NothingToSpeak():
            return f"There is nothing to speak in {error}, or not in the part of it you chose."
        case errors.NothingHighlighted():
            return f"Nothing is highlighted in {error}, or not in the part of it you chose."
        case errors.PronunciationRefused():
            where = f", at character {error.column}" if error.column else ""
            return f"This pronunciation can't be used{where}: {error.reason}."
        case errors.VoiceNotInstalled():
            return (
                f"The voice {error.voice_id} is not installed. "
                "See which are with: sottovoce voices list"
            )
        case errors.VoiceUnknown():
            return (
                f"No voice is called {error.voice_id}. "
                "See which can be installed with: sottovoce voices list"
            )
        case errors.VoiceFilesWrong():
            return f"{error.source} was refused: {error.reason}. Nothing was installed."
        case errors.VoiceBusy():
            return f"The voice {error.voice_id} is being installed already. Wait until it is here."
        case errors.VoiceNotRemovable():
            return f"The voice {error.voice_id} came with the app or the system: it stays."
        case errors.DownloadFailed():
            return f"Fetching {error.address} failed: {error.reason}. What has come so far is kept."
        case errors.PageNotFetched():
            return f"{error.address} could not be fetched: {error.reason}. Nothing of it was kept."
        case errors.WebAddressNotAllowed():
            return (
                f"{error.address} is on the web, and nothing is fetched unasked. Open it in the "
                "window, which asks you first, or save the page to a file."
            )
        case errors.EngineUnavailable():
            name = _ENGINE_NAMES.get(error.engine, error.engine)
            return (
                f"{name} can't speak on this machine: {error.reason}. {_mend_words(error.engine)}"
            )
        case errors.SynthesisFailed():
            return f"The voice could not say this: {error}."
        case errors.SpeechProcessFailed():
            return f"The voice stopped working ({error}). Choose another voice, or start again."
        case errors.AudioDeviceMissing():
            return "There is nothing to play sound on. Connect a device, then play again."
        case errors.OutputNotWritten():
            return f"{error.path} could not be written: {error.reason}."
        case errors.UnknownOutputFormat():
            return f"{error.path} names no format that can be written. Use a name ending in .wav."
        case errors.StorageNotWritable():
            return f"Your notes in {error.path} can be read, not changed: {error.reason}."
        case errors.StorageUnavailable():
            return f"Your notes are in {error.path}, which can't be opened: {error.reason}."
        case errors.BackupUnreadable():
            return f"{error.path} can't be restored: {error.reason}."
        case errors.TextIsAnother():
            return f"{error.path} is another text of your library: {error.title}."
        case errors.IndexUnavailable():
            return f"Searching needs {error.path}, which can't be used: {error.reason}."
        case _:
            return str(error)


def _mend_words(engine: str) -> str:
    """Say what can be done about an engine that fails."""
    if engine in _ENGINE_NAMES:
        return "Choose another voice, or install Sottovoce again."
    return "Choose another voice, or mend the package it comes from."


def mending_sentence(mending: Mending) -> str:
    """Say that the file of notes was damaged, what is there of it now, and where the damaged is."""
    kept = f"{notes_counted(mending.saved)} could be read"
    if mending.restored:
        kept += f", {notes_counted(mending.restored)} came back from a copy"
    return (
        f"The file of your notes was damaged and has been mended: {kept}."
        f" The damaged one is {mending.damaged}."
    )


def brought_in_words(brought: Sequence[BroughtIn]) -> str:
    """Say in a sentence or two what came in from other apps, and what could not."""
    added = sum(one.added for one in brought)
    texts = sum(one.text_count for one in brought)
    places = sum(one.place_count for one in brought)
    unmatched = [title for one in brought for title in one.unmatched]
    on = "1 text" if texts == 1 else f"{texts:,} texts"
    words = "There was no note to bring in."
    if texts:
        words = f"{notes_counted(added)} brought in, on {on}."
    if places:
        words += f" Places found in {places:,}."
    if unmatched:
        words += f" Add these texts first, then again: {first_named(unmatched)}"
    return words


def notes_counted(count: int) -> str:
    """Say how many notes."""
    return "1 note" if count == 1 else f"{count:,} notes"


def first_named(names: Sequence[str]) -> str:
    """Name the first few, and show that there are more."""
    return ", ".join(names[:_MOST_NAMED]) + (" …" if len(names) > _MOST_NAMED else "")


def slow_voice_sentence(speed: float = 1.0) -> str:
    """Say that the voice can't keep up, at the voice's own pace or only at a higher speed."""
    if speed <= 1.0:
        return "This voice is slower than reading aloud on this machine. Expect it to pause."
    return (
        f"This voice can't keep up with a speed of {speed:g} on this machine. Expect it to pause."
    )


def slow_rule_sentence(rule: Rule, file: Path) -> str:
    """Say that a rule of pronunciation is left out as it takes too long."""
    return (
        f"The rule for “{rule.written}” takes too long and is left out. "
        f"Write it more simply in {file}."
    )


def rule_fault_words(fault: RuleFault) -> str:
    """Say which line of the rules of pronunciation can't be used, and why."""
    where = f"line {fault.line}" if fault.line else "all of it"
    where += f", character {fault.column}" if fault.column else ""
    return f"{where}: {fault.reason}"


def unplaced_words(annotation: Annotation) -> str:
    """Say why an annotation has no place in the text though none was lost; "" for one that was."""
    target = annotation.target
    if target.is_of_text or annotation.answered is not None:
        return ""
    if not target.other_selectors:
        return "It is about the text as a whole."
    from reader.annotations.selectors import ELSEWHERE  # here: the window starts without notes

    kinds = [
        _SELECTOR_ELSEWHERE if kind == ELSEWHERE else _SELECTORS.get(kind, _OTHER_SELECTOR)
        for kind in target.other_selectors
    ]
    told = " and ".join(dict.fromkeys(kinds))
    return f"Its place is told by {told}, which can't be followed in this text."


def further_words(annotation: Annotation) -> str:
    """Say what else an annotation holds that a note can't show: bodies elsewhere, more targets."""
    others = annotation.target.others
    told = dict.fromkeys(annotation.descriptions)
    if not (told or others):  # as of nearly all of ten thousand
        return ""
    from reader.annotations.json_ld import is_absolute_iri

    named = [part for part in told if is_absolute_iri(part)]
    said = [f"It refers to {_counted_off(named)}."] if named else []
    said += [f"It says besides: “{part}”" for part in told if part not in named]
    if others:
        said.append(
            "It has another target too." if others == 1 else f"It has {others} more targets."
        )
    return " ".join(said)


def _counted_off(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMED
    shown = [*names[:_MOST_NAMED], f"{more} more"] if more > 0 else [*names]
    return " and ".join((", ".join(shown[:-1]), shown[-1])) if len(shown) > 1 else shown[0]
