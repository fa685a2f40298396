"""Where the app keeps things on this machine: every path from one object."""

from __future__ import annotations

from pathlib import Path

from reader.values import value


@value
class Paths:
    """The folders of one user. `--data-dir DIR` moves all of them below DIR."""

    data_dir: Path
    cache_dir: Path

    @property
    def options(self) -> list[str]:
        """What another process of ours has to be given to use the same folders."""
        is_moved = self.cache_dir == self.data_dir / "cache"
        return ["--data-dir", str(self.data_dir)] if is_moved else []

    @property
    def database(self) -> Path:
        """The SQLite file with notes, texts and places."""
        return self.data_dir / "sottovoce.sqlite3"

    @property
    def settings(self) -> Path:
        """The settings, as JSON."""
        return self.data_dir / "settings.json"

    @property
    def window_lock(self) -> Path:
        """Held by the program whose window this data folder has."""
        return self.data_dir / "window.lock"

    @property
    def window_address(self) -> Path:
        """Where that program listens for others that are started beside it."""
        return self.data_dir / "window.address"

    @property
    def session(self) -> Path:
        """Where the window was last, as JSON."""
        return self.data_dir / "session.json"

    @property
    def voices_dir(self) -> Path:
        """Voices the user has installed."""
        return self.data_dir / "voices"

    @property
    def pronunciation(self) -> Path:
        """The user's rules for how words sound, as CSV."""
        return self.data_dir / "pronunciation.csv"

    @property
    def templates_dir(self) -> Path:
        """The user's own templates, such as that of notes in Markdown."""
        return self.data_dir / "templates"

    @property
    def voice_speeds(self) -> Path:
        """How fast this machine speaks with each voice, as JSON; measured again when lost."""
        return self.cache_dir / "voice-speeds.json"

    @property
    def audio_cache_dir(self) -> Path:
        """What voices have said, kept to be heard again; may be deleted at any time."""
        return self.cache_dir / "speech"

    @property
    def sections_dir(self) -> Path:
        """Long sections of books as they were read; may be deleted at any time."""
        return self.cache_dir / "sections"

    @property
    def search_index(self) -> Path:
        """The index for searching all texts and notes; made anew when lost."""
        return self.cache_dir / "search.sqlite3"

    @property
    def covers_dir(self) -> Path:
        """Covers of texts as small pictures; may be deleted at any time."""
        return self.cache_dir / "covers"

    @property
    def recognised_dir(self) -> Path:
        """Recognised texts of files in folders that may not be written to."""
        return self.data_dir / "recognised"

    @property
    def recognition_dir(self) -> Path:
        """Pages recognised of files that aren't done yet."""
        return self.cache_dir / "recognition"

    @property
    def backups_dir(self) -> Path:
        """Copies of the SQLite file that take turns, and what was here before a restoring."""
        return self.data_dir / "backups"

    @property
    def copies_dir(self) -> Path:
        """Copies of texts, for who wants them kept."""
        return self.data_dir / "texts"

    @property
    def pages_dir(self) -> Path:
        """Copies of web pages that were fetched to be read."""
        return self.data_dir / "pages"

    @property
    def note_books_dir(self) -> Path:
        """Notes that were opened to be read like a book; made anew each time."""
        return self.cache_dir / "books of notes"

    @property
    def crash_log(self) -> Path:
        """What the last crash left; shown and moved away at the next start."""
        return self.data_dir / "crash.log"


def user_paths(data_dir: Path | None = None) -> Paths:
    """Return the platform's folders for this user, or those below `data_dir` if given."""
    if data_dir is not None:
        root = data_dir.expanduser().absolute()
        return Paths(root, root / "cache")
    import platformdirs

    return Paths(
        Path(platformdirs.user_data_dir("sottovoce", appauthor=False)),
        Path(platformdirs.user_cache_dir("sottovoce", appauthor=False)),
    )
