"""Whatever is done to notes can be undone and done again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.annotations.exchange.envelope import foreign_file
from reader.annotations.history import NoteHistory
from reader.annotations.model import Annotation, annotation_from_json
from reader.annotations.note_steps import Change
from reader.annotations.store import AnnotationStore
from reader.errors import StorageUnavailable
from reader.storage.database import Database
from reader.text.document import Fingerprint
from tests.annotations.documents import annotation_json, document_of

DOCUMENT = document_of("All was quiet in the house.")
TEXT = Fingerprint("sha256:text")


def item(number: int, note: str = "a") -> Annotation:
    return annotation_from_json(annotation_json(id=f"urn:example:{number}", bodyValue=note))


def test_each_kind_of_step_is_undone_and_done_again(store: AnnotationStore) -> None:
    history = NoteHistory(store, TEXT)
    states = [store.of_document(TEXT)]
    steps: list[Callable[[], tuple[Change, ...]]] = [
        lambda: history.save(item(1), item(2)),
        lambda: history.save(item(1, "b")),
        lambda: history.remove(item(1).id, item(2).id),
        lambda: history.write({item(1).id: item(1, "c"), item(3).id: item(3)}),
    ]
    for step in steps:
        assert step()
        states.append(store.of_document(TEXT))
    for state in reversed(states[:-1]):
        assert history.undo()
        assert store.of_document(TEXT) == state
    assert history.undo() == ()
    for state in states[1:]:
        assert history.redo()
        assert store.of_document(TEXT) == state
    assert history.redo() == ()


def test_the_changes_it_returns_are_those_to_show(store: AnnotationStore) -> None:
    history = NoteHistory(store, TEXT)
    history.save(item(1, "a"))
    history.save(item(1, "b"))
    (undone,) = history.undo()
    assert (undone.before, undone.after) == (item(1, "b"), item(1, "a"))
    (redone,) = history.redo()
    assert (redone.before, redone.after) == (item(1, "a"), item(1, "b"))


def test_a_new_step_ends_what_could_be_done_again(store: AnnotationStore) -> None:
    history = NoteHistory(store, TEXT)
    history.save(item(1, "a"))
    history.undo()
    history.save(item(2))
    assert history.redo() == ()


def test_a_step_that_changes_nothing_is_none(store: AnnotationStore) -> None:
    history = NoteHistory(store, TEXT)
    history.save(item(1))
    history.undo()
    assert history.remove(item(1).id) == ()
    assert history.undo() == ()
    assert history.redo() != ()


def test_the_oldest_steps_are_forgotten(store: AnnotationStore) -> None:
    history = NoteHistory(store, TEXT, limit=2)
    for note in "abc":
        history.save(item(1, note))
    while history.undo():
        pass
    assert store.of_document(TEXT) == (item(1, "a"),)


def test_what_an_import_changed_meanwhile_stays(store: AnnotationStore) -> None:
    history = NoteHistory(store, TEXT)
    history.save(item(1), item(2))
    history.save(item(1, "b"), item(2, "b"))
    store.save(TEXT, item(2, "imported"))
    (undone,) = history.undo()
    assert undone.id == item(1).id
    assert store.of_document(TEXT) == (item(1, "a"), item(2, "imported"))
    history.redo()
    assert store.of_document(TEXT) == (item(1, "b"), item(2, "imported"))


def test_a_step_of_which_nothing_is_left_gives_way_to_the_one_before(
    store: AnnotationStore,
) -> None:
    history = NoteHistory(store, TEXT)
    history.save(item(1))
    history.save(item(2))
    store.remove(TEXT, item(2).id)
    (undone,) = history.undo()
    assert undone.id == item(1).id
    assert store.of_document(TEXT) == ()


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.dictionaries(st.integers(0, 3), st.none() | st.sampled_from("abc"), min_size=1),
        min_size=1,
        max_size=8,
    )
)
def test_undoing_all_and_doing_all_again_ends_where_it_began(
    steps: list[dict[int, str | None]],
) -> None:
    with Database(Path(":memory:")) as database:
        store = AnnotationStore(database)
        history = NoteHistory(store, TEXT)
        store.save(TEXT, item(0), item(1))
        before = store.of_document(TEXT)
        for step in steps:
            history.write(
                {item(n).id: None if note is None else item(n, note) for n, note in step.items()}
            )
        after = store.of_document(TEXT)
        while history.undo():
            pass
        assert store.of_document(TEXT) == before
        while history.redo():
            pass
        assert store.of_document(TEXT) == after


def test_what_is_saved_again_while_it_is_written_is_undone_at_once(store: AnnotationStore) -> None:
    history = NoteHistory(store, TEXT)
    history.save(item(1, "a"))
    history.save(item(1, "ab"))
    for note in ("abc", "abcd"):
        assert history.amend({item(1).id: item(1, note)})
    assert store.of_document(TEXT) == (item(1, "abcd"),)
    history.undo()
    assert store.of_document(TEXT) == (item(1, "a"),)
    history.redo()
    assert store.of_document(TEXT) == (item(1, "abcd"),)


def test_a_step_about_other_notes_is_not_amended(store: AnnotationStore) -> None:
    history = NoteHistory(store, TEXT)
    history.save(item(1, "a"))
    history.amend({item(2).id: item(2, "b")})
    history.undo()
    assert store.of_document(TEXT) == (item(1, "a"),)


def test_a_step_amended_to_nothing_is_none(store: AnnotationStore) -> None:
    history = NoteHistory(store, TEXT)
    history.save(item(1, "a"))
    history.save(item(1, "ab"))
    history.amend({item(1).id: item(1, "a")})
    history.undo()
    assert store.of_document(TEXT) == ()


def test_after_a_restart_the_last_fifty_steps_can_be_undone_and_done_again(
    tmp_path: Path,
) -> None:
    path = tmp_path / "sottovoce.sqlite3"
    with Database(path) as database:
        store = AnnotationStore(database)
        history = NoteHistory(store, TEXT)
        for number in range(60):
            history.save(item(1, str(number)), item(2, "two" * (number % 2)))
        history.undo()
        history.amend({item(3).id: item(3)})
        history.undo()
    with Database(path) as database:
        store = AnnotationStore(database)
        history = NoteHistory(store, TEXT)
        history.redo()
        assert item(3) in store.of_document(TEXT)
        undone = 0
        while history.undo():
            undone += 1
        assert undone == 1 + 50
        assert store.of_document(TEXT)[0] == item(1, "8")


def test_steps_that_cannot_be_kept_are_undone_all_the_same(
    store: AnnotationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise StorageUnavailable(Path("x"), "the disk is full")

    for name in ("keep_step", "move_step"):
        monkeypatch.setattr(store, name, fail)
    history = NoteHistory(store, TEXT)
    history.save(item(1))
    assert history.undo()
    assert store.of_document(TEXT) == ()


def test_an_import_is_one_step_also_after_a_restart(store: AnnotationStore) -> None:
    history = NoteHistory(store, DOCUMENT.fingerprint)
    history.save(item(1, "mine"))
    read = foreign_file((item(2, "theirs"), item(3, "theirs")))
    store.import_file(Path("a.txt"), DOCUMENT, read)
    history = NoteHistory(store, DOCUMENT.fingerprint)
    assert {change.id for change in history.undo()} == {item(2).id, item(3).id}
    assert store.of_document(DOCUMENT.fingerprint) == (item(1, "mine"),)
    history = NoteHistory(store, DOCUMENT.fingerprint)
    assert len(history.redo()) == 2
    history.undo()
    history.undo()
    assert store.of_document(DOCUMENT.fingerprint) == ()


def test_each_step_is_written_once_however_large_the_one_before(store: AnnotationStore) -> None:
    history = NoteHistory(store, TEXT)
    history.save(*(item(number, "x" * 1000) for number in range(10, 60)))
    for number in range(3):
        history.save(item(1, str(number)))
    with store._database.reading() as connection:
        sizes = [n for (n,) in connection.execute("SELECT length(json) FROM note_step")]
    assert len(sizes) == 4
    assert sizes[0] > 50_000
    assert max(sizes[1:]) < 2_000


def test_a_step_that_changes_nothing_any_more_leaves_no_row(store: AnnotationStore) -> None:
    history = NoteHistory(store, TEXT)
    history.save(item(1, "a"))
    history.save(item(2, "b"))
    store.save(TEXT, item(2, "changed by the shared folder"))
    history.undo()
    history = NoteHistory(store, TEXT)
    assert history.redo()
    assert not history.redo()
    assert item(1, "a") in store.of_document(TEXT)
