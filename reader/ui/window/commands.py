"""What the window can be told to do: one table of words and keys for menu, keys and overview."""

from __future__ import annotations

from enum import StrEnum, auto

from reader.values import value


class Command(StrEnum):
    """One thing the window does."""

    OPEN = auto()
    OPEN_COPIED_ADDRESS = auto()
    SHOW_LIBRARY = auto()
    RELOAD = auto()
    SHOW_WELCOME = auto()
    SHOW_MANUAL = auto()
    BACK_UP = auto()
    RESTORE_BACKUP = auto()
    SHOW_SETTINGS = auto()
    CLOSE_WINDOW = auto()
    PLAY_OR_PAUSE = auto()
    NEXT_SENTENCE = auto()
    PREVIOUS_SENTENCE = auto()
    NEXT_PARAGRAPH = auto()
    PREVIOUS_PARAGRAPH = auto()
    FASTER = auto()
    SLOWER = auto()
    NATURAL_SPEED = auto()
    CHOOSE_SPEED = auto()
    CHOOSE_VOICE = auto()
    SHOW_VOICES = auto()
    BACK_TO_VOICE = auto()
    CHOOSE_WHAT_IS_READ = auto()
    PRONOUNCE = auto()
    MARK_HEARD = auto()
    MARK_TO_WRITE = auto()
    SHOW_INBOX = auto()
    CHOOSE_SLEEP = auto()
    CHOOSE_STUDY = auto()
    FIND = auto()
    FIND_NEXT = auto()
    FIND_PREVIOUS = auto()
    GO_TO = auto()
    GO_BACK = auto()
    GO_FORWARD = auto()
    CHOOSE_HEARD_NOTES = auto()
    PLAY_HIGHLIGHTS = auto()
    LARGER = auto()
    SMALLER = auto()
    NATURAL_SIZE = auto()
    TOGGLE_LOOK = auto()
    CHOOSE_LOOK = auto()
    TOGGLE_MARGIN = auto()
    SHOW_CONTENTS = auto()
    SHOW_PAGES = auto()
    IN_THE_DARK = auto()
    FULL_SCREEN = auto()
    SHOW_MENU = auto()
    SHOW_KEYS = auto()
    SHOW_NOTES = auto()
    SHOW_ALL_NOTES = auto()
    COPY_LINK = auto()
    EXPORT_NOTES = auto()
    IMPORT_NOTES = auto()


class Group(StrEnum):
    """The parts of the menu and of the overview of keys, in order."""

    TEXT = "Text"
    WAY = "Finding your way"
    LISTENING = "Listening"
    NOTES = "Notes"
    VIEW = "View"
    HELP = "Help"
    APP = "Sottovoce"


@value
class Entry:
    """A command's words in the menu and its keys, in Qt's portable notation; the first is shown."""

    command: Command
    group: Group
    label: str
    keys: tuple[str, ...] = ()


_PLAY_KEYS = ("Space", "Media Play", "Media Pause", "Toggle Media Play/Pause")

ENTRIES = (
    Entry(Command.OPEN, Group.TEXT, "Open a text…", ("Ctrl+O",)),
    Entry(Command.SHOW_LIBRARY, Group.TEXT, "Library", ("Ctrl+B",)),
    Entry(Command.OPEN_COPIED_ADDRESS, Group.TEXT, "Open a copied web address", ("Ctrl+V",)),
    Entry(Command.RELOAD, Group.TEXT, "Read the file again", ("F5", "Ctrl+R")),
    Entry(Command.FIND, Group.WAY, "Find…", ("Ctrl+F",)),
    Entry(Command.FIND_NEXT, Group.WAY, "Find the next", ("F3",)),
    Entry(Command.FIND_PREVIOUS, Group.WAY, "Find the one before", ("Shift+F3",)),
    Entry(Command.SHOW_CONTENTS, Group.WAY, "Contents", ("Ctrl+T",)),
    Entry(Command.GO_TO, Group.WAY, "Go to a page, chapter or percent…", ("Ctrl+G",)),
    Entry(Command.GO_BACK, Group.WAY, "Back", ("Alt+Left", "Back")),
    Entry(Command.GO_FORWARD, Group.WAY, "Forward", ("Alt+Right", "Forward")),
    Entry(Command.PLAY_OR_PAUSE, Group.LISTENING, "Play or pause", _PLAY_KEYS),
    Entry(Command.NEXT_SENTENCE, Group.LISTENING, "Next sentence", ("Right", "Media Next")),
    Entry(
        Command.PREVIOUS_SENTENCE,
        Group.LISTENING,
        "Previous sentence",
        ("Left", "Media Previous"),
    ),
    Entry(Command.NEXT_PARAGRAPH, Group.LISTENING, "Next paragraph", ("Shift+Right", "Shift+Down")),
    Entry(
        Command.PREVIOUS_PARAGRAPH,
        Group.LISTENING,
        "Previous paragraph",
        ("Shift+Left", "Shift+Up"),
    ),
    Entry(Command.FASTER, Group.LISTENING, "Faster", ("]",)),
    Entry(Command.SLOWER, Group.LISTENING, "Slower", ("[",)),
    Entry(Command.NATURAL_SPEED, Group.LISTENING, "Natural speed", ("=",)),
    Entry(Command.CHOOSE_SPEED, Group.LISTENING, "Choose a speed…", ("S",)),
    Entry(Command.CHOOSE_VOICE, Group.LISTENING, "Choose a voice…", ("V",)),
    Entry(Command.SHOW_VOICES, Group.LISTENING, "More voices…", ("Shift+V",)),
    Entry(Command.BACK_TO_VOICE, Group.LISTENING, "Back to the voice", ("Ctrl+L",)),
    Entry(Command.CHOOSE_WHAT_IS_READ, Group.LISTENING, "What is read…", ("R",)),
    Entry(Command.PRONOUNCE, Group.LISTENING, "How a word sounds…", ("P",)),
    Entry(Command.MARK_HEARD, Group.LISTENING, "Mark what you just heard", ("M",)),
    Entry(Command.MARK_TO_WRITE, Group.LISTENING, "Mark it, to write on it later", ("Shift+M",)),
    Entry(Command.SHOW_INBOX, Group.LISTENING, "What you marked…", ("I",)),
    Entry(Command.CHOOSE_SLEEP, Group.LISTENING, "Sleep timer…", ("T",)),
    Entry(Command.CHOOSE_STUDY, Group.LISTENING, "Study loop…", ("L",)),
    Entry(Command.CHOOSE_HEARD_NOTES, Group.LISTENING, "What is heard of notes…", ("Shift+R",)),
    Entry(Command.PLAY_HIGHLIGHTS, Group.LISTENING, "Play only my highlights", ("Shift+H",)),
    Entry(Command.SHOW_NOTES, Group.NOTES, "Notes of this text…", ("Shift+N",)),
    Entry(Command.SHOW_ALL_NOTES, Group.NOTES, "Notes of all texts…", ("Ctrl+Shift+N",)),
    Entry(Command.COPY_LINK, Group.NOTES, "Copy a link to this note or place", ("Ctrl+Shift+C",)),
    Entry(Command.EXPORT_NOTES, Group.NOTES, "Export notes…", ("Ctrl+E",)),
    Entry(Command.IMPORT_NOTES, Group.NOTES, "Import notes…", ("Ctrl+Shift+E",)),
    Entry(Command.LARGER, Group.VIEW, "Larger", ("Ctrl++", "Ctrl+=")),
    Entry(Command.SMALLER, Group.VIEW, "Smaller", ("Ctrl+-",)),
    Entry(Command.NATURAL_SIZE, Group.VIEW, "Natural size", ("Ctrl+0",)),
    Entry(Command.CHOOSE_LOOK, Group.VIEW, "Text and colours…"),
    Entry(Command.TOGGLE_LOOK, Group.VIEW, "Light or dark", ("Ctrl+Shift+L",)),
    Entry(Command.TOGGLE_MARGIN, Group.VIEW, "Show or hide the notes", ("Ctrl+M",)),
    Entry(Command.SHOW_PAGES, Group.VIEW, "The pages as they look", ("Shift+P",)),
    Entry(Command.IN_THE_DARK, Group.VIEW, "In the dark", ("F11",)),
    Entry(Command.FULL_SCREEN, Group.VIEW, "Full screen", ("Shift+F11",)),
    Entry(Command.SHOW_KEYS, Group.HELP, "Keys", ("F1", "?")),
    Entry(Command.SHOW_MANUAL, Group.HELP, "The manual"),
    Entry(Command.SHOW_WELCOME, Group.HELP, "The review that came with this app"),
    Entry(Command.SHOW_SETTINGS, Group.APP, "Settings…", ("Ctrl+,",)),
    Entry(Command.BACK_UP, Group.APP, "Back up everything…"),
    Entry(Command.RESTORE_BACKUP, Group.APP, "Restore a backup…"),
    Entry(Command.SHOW_MENU, Group.APP, "Menu", ("F10",)),
    Entry(Command.CLOSE_WINDOW, Group.APP, "Quit", ("Ctrl+Q", "Ctrl+W")),
)


REPEATED = frozenset(
    (
        Command.NEXT_SENTENCE,
        Command.PREVIOUS_SENTENCE,
        Command.NEXT_PARAGRAPH,
        Command.PREVIOUS_PARAGRAPH,
        Command.FASTER,
        Command.SLOWER,
        Command.FIND_NEXT,
        Command.FIND_PREVIOUS,
        Command.LARGER,
        Command.SMALLER,
    )
)
"""What a key that is held down does again and again: steps. Anything else it does once, however
slowly it is let go."""


def keys_of(command: Command) -> tuple[str, ...]:
    """Return the keys of a command, in Qt's portable notation."""
    return next(entry.keys for entry in ENTRIES if entry.command is command)
