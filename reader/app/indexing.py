"""Brings the search index up to date with the library and the notes, and can stop anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from reader.annotations.changes import ChangedNote, changes_after, last_change
from reader.errors import IndexUnavailable, TextMissing, UnreadableText, system_reason
from reader.file_lock import FileLock
from reader.library.catalogue import Catalogue
from reader.library.files import stamp_of
from reader.library.holdings import Holding, Holdings
from reader.library.search.index import SearchableNote, SearchIndex
from reader.library.search.index_file import IndexFile
from reader.storage.database import Database
from reader.storage.texts import TextId
from reader.values import value

_FIRST_LENGTH = 100_000
"""What a text counts in the progress whose length nobody knows yet."""


@value
class IndexProgress:
    """How far indexing is, by code points; `title` is the text being put in, "" at the end."""

    done: int
    whole: int
    title: str


class Indexing:
    """One index and the database it is made from. Texts are put in by one program at a time."""

    def __init__(self, database: Database, file: IndexFile) -> None:
        self._database = database
        self._file = file
        self._index = SearchIndex(file)
        self._holdings = Holdings(database)
        self._catalogue = Catalogue(database)

    def follow_notes(self) -> None:
        """Take over what has changed in the notes; quick. Raises IndexUnavailable."""
        seen = self._index.notes_seen()
        if seen > last_change(self._database):  # another database than the index was made from
            self._index.forget_notes()
            seen = 0
        while True:
            changed, last = changes_after(self._database, seen)
            if not changed:
                return
            self._index.put_notes(map(_words_of, changed), last)
            seen = last

    def wanting(self) -> tuple[Holding, ...]:
        """Return the texts in the library that are not in the index as they are now."""
        indexed = self._index.indexed_texts()
        return tuple(
            holding
            for holding in self._holdings.texts()
            if not holding.is_missing
            and (
                (found := indexed.get(holding.id)) is None
                or not found.is_whole
                or found.fingerprint != holding.fingerprint
            )
        )

    def follow_texts(self) -> Iterator[IndexProgress]:
        """Put in the texts that are wanting and take out those that were removed.

        Gives way to another program that is at it. May be left at any step: what is in stays in.

        Raises:
            IndexUnavailable, StorageUnavailable: the rest is put in the next time.
        """
        lock = FileLock(self._file.path.with_name(self._file.path.name + ".lock"))
        try:
            if not lock.take():
                return
        except OSError as error:
            reason = system_reason(error)
            raise IndexUnavailable(self._file.path, reason) from error
        try:
            self._take_out_removed()
            yield from self._put_in_wanting()
        finally:
            lock.release(removes_file=True)

    def _put_in_wanting(self) -> Iterator[IndexProgress]:
        wanted = self._lately_read_first()
        whole = sum(text.length or _FIRST_LENGTH for text in wanted)
        done = 0
        for text in wanted:
            yield IndexProgress(done, whole, text.title)
            in_text = 0
            for length in self._put_in(text):
                in_text += length
                yield IndexProgress(min(done + in_text, whole), whole, text.title)
            done += text.length or _FIRST_LENGTH
        if wanted:
            self._index.settle()
        yield IndexProgress(whole, whole, "")

    def _lately_read_first(self) -> tuple[Holding, ...]:
        """Return what is wanting: what is being read soonest, whatever is large last."""
        wanting = self.wanting()
        read = [text for text in wanting if text.opened is not None]
        unread = [text for text in wanting if text.opened is None]
        # in the order of their rows, which is the order the index is quickest in
        return (*read, *sorted(unread, key=lambda text: text.id))

    def _put_in(self, text: Holding) -> Iterator[int]:
        from reader.formats.registry import open_document

        assert text.path is not None
        try:
            stamp = stamp_of(text.path)
            document = open_document(text.path)
            if document.fingerprint != text.fingerprint:  # edited since it was last read
                now = datetime.now(UTC)
                known = self._catalogue.remember_added(document, text.path, now, stamp)
                if known != text.id:
                    return  # another text is in its place, and has its own turn
            yield from self._index.add(text.id, document)
        except TextMissing:
            return  # it is looked for the next time
        except UnreadableText as fault:
            self._index.set_fault(text.id, text.fingerprint, type(fault).__name__)

    def _take_out_removed(self) -> None:
        here = {text.id for text in self._holdings.texts()}
        for text in set(self._index.indexed_texts()) - here:
            self._index.remove(TextId(text))


def _words_of(note: ChangedNote) -> SearchableNote:
    annotation = note.annotation
    if annotation is None:
        return SearchableNote(note.text, note.id, is_removed=True)
    quote = annotation.target.quote
    return SearchableNote(
        note.text,
        note.id,
        annotation.note_text,
        "" if quote is None else quote.exact,
        annotation.tags,
    )
