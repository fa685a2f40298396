"""What can go wrong, as types that carry facts; `reader.app.wording` turns them into sentences."""

from __future__ import annotations

from pathlib import Path


def system_reason(error: OSError) -> str:
    """Return why the system refused something, as a short clause."""
    return (error.strerror or str(error) or type(error).__name__).lower()


class SottovoceError(Exception):
    """Anything the app expects may go wrong. Exit code of the command line: `exit_code`."""

    exit_code = 1


class UserCanAct(SottovoceError):
    """The user can do something about it."""


class EnvironmentFailed(SottovoceError):
    """The machine, not the user, is in the way: a disk, a device, a process."""


class _AboutFile(SottovoceError):
    """The file or folder at `path`; `reason` is a short clause."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class UnreadableText(UserCanAct):
    """The text at `path` can't be read."""

    exit_code = 3

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


class _UnreadableBecause(UnreadableText):
    """`reason` is a short clause."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path)
        self.reason = reason


class TextMissing(UnreadableText):
    """There is no such file."""


class TextEmpty(UnreadableText):
    """The file holds no text."""


class TextIsFolder(UnreadableText):
    """The path is a folder."""


class TextNotPermitted(UnreadableText):
    """The system doesn't let this user read the file."""


class TextNotAFile(UnreadableText):
    """A device, socket or pipe: reading it might never end."""


class TextIsBinary(UnreadableText):
    """The bytes are no text in any encoding, and no format known here."""


class TextTooLarge(UnreadableText):
    """The file is larger than any text read here."""

    def __init__(self, path: Path, size_bytes: int, limit_bytes: int) -> None:
        super().__init__(path)
        self.size_bytes = size_bytes
        self.limit_bytes = limit_bytes


class TextReadFailed(_UnreadableBecause):
    """The file system gave up while the file was read."""


class TextDamaged(_UnreadableBecause):
    """The file says it is of a known format but can't be read as one."""


class TextFormatNotRead(UnreadableText):
    """A document in a known format that isn't read here: `kind` names it, `save_as` what is."""

    def __init__(self, path: Path, kind: str, save_as: str) -> None:
        super().__init__(path)
        self.kind = kind
        self.save_as = save_as


class TextProtected(UnreadableText):
    """The text is encrypted; `scheme` names the copy protection, empty where it isn't known."""

    def __init__(self, path: Path, scheme: str = "") -> None:
        super().__init__(path)
        self.scheme = scheme


class TextNeedsPassword(UnreadableText):
    """The text is encrypted with a password: none was given, or (`is_wrong`) not this one."""

    def __init__(self, path: Path, *, is_wrong: bool = False) -> None:
        super().__init__(path)
        self.is_wrong = is_wrong


class TextNotRecognised(UnreadableText):
    """The file holds pictures of pages, and no text.

    Or (`is_garbled`) text whose letters it doesn't tell. `page_count` pages could be recognised.
    """

    def __init__(self, path: Path, page_count: int, *, is_garbled: bool = False) -> None:
        super().__init__(path)
        self.page_count = page_count
        self.is_garbled = is_garbled


class RecognitionFailed(EnvironmentFailed):
    """The letters in a text's pictures can't be recognised; `reason` is a short clause."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class ArchiveUnsafe(_UnreadableBecause):
    """The archive is made to do harm, or might as well be: a bomb, a name that leads outside."""


class NotesUnreadable(UserCanAct):
    """A file of annotations isn't legal; `where` is the fault's JSON path, such as `$.target`."""

    exit_code = 3

    def __init__(self, path: Path, where: str, reason: str) -> None:
        super().__init__(f"{path}: {where}: {reason}")
        self.path = path
        self.where = where
        self.reason = reason


class AddressUnknown(UserCanAct):
    """No text on this machine is the one that an address leads to."""

    exit_code = 3

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


class NotesNotWritable(UserCanAct):
    """Notes can't be put into a copy of their text; `reason` is a short clause."""

    exit_code = 3

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TemplateRefused(UserCanAct):
    """A template for notes can't be used; `line` counts from 1."""

    exit_code = 3

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(f"{path}: line {line}: {reason}")
        self.path = path
        self.line = line
        self.reason = reason


class PlaceOutsideText(UserCanAct):
    """A section or offset was asked for that the text doesn't have."""

    exit_code = 2


class NothingToSpeak(UserCanAct):
    """What was asked for holds no word that is spoken."""

    exit_code = 3


class NothingHighlighted(UserCanAct):
    """Only what is highlighted was asked for, and nothing is."""

    exit_code = 3


class _AboutVoice(UserCanAct):
    exit_code = 4

    def __init__(self, voice_id: str) -> None:
        super().__init__(voice_id)
        self.voice_id = voice_id


class VoiceNotInstalled(_AboutVoice):
    """The voice `voice_id` is known or asked for, but its files are not here."""


class VoiceUnknown(_AboutVoice):
    """No voice of this id is known that could be fetched."""


class VoiceFilesWrong(UserCanAct):
    """The files at `source` are not those of a whole voice; `reason` is a short clause."""

    exit_code = 3

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason


class VoiceBusy(_AboutVoice):
    """The voice is being fetched or installed already, here or by another window."""


class VoiceNotRemovable(_AboutVoice):
    """The voice came with the app or belongs to the system."""

    exit_code = 2


class _NotFetched(EnvironmentFailed):
    exit_code = 4

    def __init__(self, address: str, reason: str) -> None:
        super().__init__(f"{address}: {reason}")
        self.address = address
        self.reason = reason


class DownloadFailed(_NotFetched):
    """What is at `address` can't be fetched now; `reason` is a short clause."""


class PageNotFetched(_NotFetched):
    """The web page at `address` can't be had; `reason` is a short clause."""


class WebAddressNotAllowed(UserCanAct):
    """A web page was asked for where the user can't be asked, and hasn't allowed it for good."""

    exit_code = 2

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


class EngineUnavailable(EnvironmentFailed):
    """An engine can't run on this machine; `reason` is a short clause."""

    exit_code = 4

    def __init__(self, engine: str, reason: str) -> None:
        super().__init__(f"{engine}: {reason}")
        self.engine = engine
        self.reason = reason


class PronunciationRefused(UserCanAct):
    """A rule for how a word sounds can't be used; `column` is in its pattern, 0 for all of it."""

    exit_code = 2

    def __init__(self, reason: str, column: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.column = column


class SynthesisFailed(EnvironmentFailed):
    """No audio for this text; the next one may still work."""

    exit_code = 4


class SpeechProcessFailed(EnvironmentFailed):
    """The speech process died or doesn't answer, more often than it is worth restarting."""

    exit_code = 4


class AudioDeviceMissing(EnvironmentFailed):
    """There is nothing to play sound on, or it went away."""

    exit_code = 4


class OutputNotWritten(_AboutFile, EnvironmentFailed):
    """A file the user asked for couldn't be written."""

    exit_code = 4


class UnknownOutputFormat(UserCanAct):
    """The output's ending names no format that can be written."""

    exit_code = 2

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


class StorageUnavailable(_AboutFile, EnvironmentFailed):
    """The database can't be opened: newer version, damaged, locked, disk full."""

    exit_code = 3


class StorageNotWritable(StorageUnavailable):
    """The database can be read but not written now: disk full, folder of somebody else."""


class StorageDamaged(StorageUnavailable):
    """The database is no longer whole; it can be mended, or replaced by a backup."""


class BackupUnreadable(_AboutFile, UserCanAct):
    """The file is no backup of ours, or not a whole one."""

    exit_code = 3


class IndexUnavailable(_AboutFile, EnvironmentFailed):
    """The search index can't be used now; it holds nothing that can't be made anew."""

    exit_code = 3


class TextIsAnother(UserCanAct):
    """The file at `path` was to be taken for one text, but is another one: `title`."""

    exit_code = 2

    def __init__(self, path: Path, title: str) -> None:
        super().__init__(str(path))
        self.path = path
        self.title = title
