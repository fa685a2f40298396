"""What the user changes in the library: tags, collections, texts taken out, files found again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QFileDialog

from reader.formats.registry import open_document
from reader.library.holdings import CollectionId, Holding, Holdings
from reader.storage.database import Database
from reader.text.document import Document
from reader.ui.background import Background
from reader.ui.library.file_choosing import choose_files
from reader.ui.library.library_menus import collection_menu
from reader.ui.library.library_view import LibraryView
from reader.ui.library.naming_popover import NamingPopover
from reader.ui.library.shelves import Shelf
from reader.ui.look.theme import Theme


class LibraryChanges(QObject):
    """Asks for what a change takes, and makes it beside the window's thread."""

    made = Signal()
    """The library holds something else now."""
    located = Signal()
    """A missing file was found; `made` follows."""
    failed = Signal(object)
    """SottovoceError: a change couldn't be made."""

    def __init__(
        self,
        database: Callable[[], Database],
        background: Background,
        theme: Theme,
        view: LibraryView,
    ) -> None:
        """`database` is asked for it beside the window's thread."""
        super().__init__(view)
        self._database = database
        self._theme = theme
        self._background = background
        self._changing = background.in_turn()
        self._view = view
        self._removed: Sequence[Holding] = ()

    @property
    def can_take_back(self) -> bool:
        """Whether the foot offers to take a removal back."""
        return bool(self._removed)

    def forget_removal(self) -> None:
        """Offer no more to take it back."""
        self._removed = ()

    def remove(self, texts: Sequence[Holding]) -> None:
        """Take texts out; that can be taken back until something else is said."""
        self._removed = texts
        self._change(lambda held: held.remove([text.id for text in texts]))
        is_one = len(texts) == 1
        kept = f", {'its' if is_one else 'their'} notes are kept"
        what = f"{texts[0].title} is" if is_one else f"{len(texts)} texts are"
        has_notes = any(text.note_count for text in texts)
        self._view.say_at_foot(f"{what} removed{kept if has_notes else ''}.", act="Take back")

    def take_back_removal(self) -> None:
        """Bring back what was taken out last."""
        texts, self._removed = self._removed, ()
        self._view.say_at_foot("")
        if texts:
            self._change(lambda held: held.bring_back([text.id for text in texts]))

    def put_into(self, texts: Sequence[Holding], number: CollectionId, *, is_in: bool) -> None:
        """Put texts into a collection, or take them out of it."""
        self._change(lambda held: held.put_into(number, [text.id for text in texts], is_in=is_in))

    def edit_tags(self, texts: Sequence[Holding], known: Sequence[str]) -> None:
        """Ask for the tags that these texts share; `known` are offered. Others they have stay."""
        shared = [tag for tag in texts[0].tags if all(tag in text.tags for text in texts)]

        def set_tags(held: Holdings, named: Sequence[str]) -> None:
            for text in texts:
                own = [tag for tag in text.tags if tag not in shared]
                held.set_tags(text.id, [*own, *named])

        whose = texts[0].title if len(texts) == 1 else f"all {len(texts)} texts"
        self._name(
            f"Tags of {whose}, with commas between them",
            ", ".join(shared),
            lambda named: self._change(lambda held: set_tags(held, named.split(","))),
            known,
        )

    def make_collection(self, texts: Sequence[Holding] = ()) -> None:
        """Ask for a name and make a collection with these texts in it."""

        def make(name: str) -> None:
            def put(held: Holdings) -> None:
                number = held.make_collection(name)
                held.put_into(number, [text.id for text in texts])

            self._change(put)

        self._name("Name of the collection", "", make)

    def show_collection_menu(self, shelf: Shelf, at: QPoint) -> None:
        """Show what can be done with a collection."""
        assert shelf.collection is not None
        number: CollectionId = shelf.collection

        def rename() -> None:
            self._name(
                "Name of the collection",
                shelf.name,
                lambda name: self._change(lambda held: held.rename_collection(number, name)),
            )

        def drop() -> None:
            self._change(lambda held: held.drop_collection(number))

        collection_menu(self._theme, self._view, rename, drop).popup(at)

    def locate(self, text: Holding) -> None:
        """Ask where a text's file is now."""

        def relocate(path: Path) -> None:
            def take(document: Document) -> None:
                self._changing.run(
                    lambda: Holdings(self._database()).relocate(text.id, document, path),
                    lambda _done: self._on_located(),
                    self.failed.emit,
                )

            self._background.run(lambda: open_document(path), take, self.failed.emit)

        where = None if text.path is None else text.path.parent
        choose_files(
            self._view.window(),
            f"Where is {text.title}?",
            lambda paths: relocate(paths[0]),
            QFileDialog.FileMode.ExistingFile,
            where,
        )

    def _on_located(self) -> None:
        self._view.say_at_foot("")
        self.located.emit()
        self.made.emit()

    def _change(self, change: Callable[[Holdings], object]) -> None:
        self._changing.run(
            lambda: change(Holdings(self._database())),
            lambda _done: self.made.emit(),
            self.failed.emit,
        )

    def _name(
        self,
        label: str,
        text: str,
        then: Callable[[str], object],
        offered: Sequence[str] = (),
    ) -> None:
        popover = NamingPopover(self._theme, self._view, label, text, offered)
        popover.named.connect(lambda named: then(named) if named.strip() or text else None)
        popover.open_at(self._view.search)
