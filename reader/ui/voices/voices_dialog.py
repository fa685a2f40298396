"""Settings > Voices: what is here and what can be had, by language; heard, fetched, removed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from reader.app.wording import sentence_for
from reader.errors import EngineUnavailable, SottovoceError
from reader.speech.engine import Voice, VoiceId
from reader.speech.voices.catalogue import published_voices
from reader.speech.voices.install import install_from, is_removable, place_of, remove_voice
from reader.speech.voices.overview import all_voices
from reader.ui.announcing import announce
from reader.ui.background import Background
from reader.ui.listening.sound import Sound
from reader.ui.look.controls import fit_on_screen
from reader.ui.look.field_style import field_style_sheet
from reader.ui.look.theme import Theme
from reader.ui.voices.language_list import LanguageList
from reader.ui.voices.voice_column import VoiceColumn
from reader.ui.voices.voice_downloads import VoiceDownloads
from reader.ui.voices.voice_file_choice import VoiceFileButton
from reader.ui.voices.voice_row import VoiceRow
from reader.ui.voices.voice_row_content import (
    Act,
    Question,
    RowState,
    Sample,
    content_of,
    stock_words,
)
from reader.ui.voices.voice_sample import VoiceSample
from reader.ui.voices.voice_shelves import ON_THIS_MACHINE, Shelf, own_voices, shelves
from reader.ui.window.leaving_keys import leave_by_keys
from reader.ui.window.voice_words import language_name
from reader.values import value

_SIZE_PX = (880, 640)
_SMALLEST_PX = (460, 360)
_NOTHING_FOUND = "No voice is called that, and no language."


@value
class _Listed:
    voices: list[Voice]
    removable: frozenset[VoiceId]
    recommended: Voice | None


class VoicesDialog(QDialog):
    """A window of its own beside the text. Closing it leaves downloads running."""

    voice_chosen = Signal(str)
    """VoiceId: the user wants to be read to by it."""
    voice_removed = Signal(str)
    sample_begins = Signal()
    """A voice is about to be heard: whoever else speaks should be silent."""

    def __init__(
        self,
        theme: Theme,
        window: QWidget | None,
        voices_dir: Path,
        downloads: VoiceDownloads,
        make_sound: Callable[[], Sound],
        recommend: Callable[[str], Voice | None] = lambda _language: None,
        faults: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        super().__init__(window)
        self._theme = theme
        self._voices_dir = voices_dir
        self._recommend = recommend
        self._faults = dict(faults)
        self._downloads = downloads
        self._background = Background(self)
        self._listing = self._background.latest()
        self._sample = VoiceSample(make_sound, self)
        self._voices: list[Voice] = []
        self._removable: frozenset[VoiceId] = frozenset()
        self._recommended: Voice | None = None
        self._language = ""
        self._shelves: list[Shelf] = []
        self._shelf_wanted = ON_THIS_MACHINE
        self._current: VoiceId | None = None
        self._questions: dict[str, Question] = {}
        self._complaints: dict[str, str] = {}
        self._complaint = ""
        self.setWindowTitle("Voices")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptDrops(True)
        self.search = QLineEdit(self)
        self.languages = LanguageList(theme, self)
        self._column = VoiceColumn(theme, self)
        self._install_button = VoiceFileButton(theme, self)
        self.foot = QLabel(self)
        self._lay_out()
        self._connect()
        leave_by_keys(self)
        self._dress()

    def open_at(self, current: VoiceId, language: str | None) -> None:
        """Open with this voice marked, at the voices of this language."""
        self._current = current
        self._language = language or ""
        self._shelf_wanted = language_name(self._language) or ON_THIS_MACHINE
        fit_on_screen(self, self._theme, QSize(*_SIZE_PX), QSize(*_SMALLEST_PX))
        self.show()
        self.activateWindow()
        self.search.setFocus()
        self.reload()

    def reload(self) -> None:
        """List the voices anew; takes a moment, in which what was listed stays."""

        def list_voices() -> _Listed:
            voices = all_voices(self._voices_dir)
            removable = frozenset(v.id for v in voices if is_removable(v.id, self._voices_dir))
            return _Listed(voices, removable, self._recommend(self._language))

        self._listing.run(list_voices, self._show_voices, self._show_complaint)

    def row(self, voice: str) -> VoiceRow | None:
        """Return the row of a voice, if its shelf is shown."""
        return self._column.row(voice)

    def set_current(self, voice: VoiceId) -> None:
        """Mark this voice as the one that reads."""
        self._current = voice
        self._refresh()

    # Layout

    def _lay_out(self) -> None:
        px = self._theme.px
        edge, gap = round(px(20)), round(px(14))
        self.search.setPlaceholderText("Find a language or a voice")
        self.search.setAccessibleName("Find a language or a voice")
        self.foot.setWordWrap(True)
        self.foot.setTextFormat(Qt.TextFormat.PlainText)
        middle = QHBoxLayout()
        middle.setSpacing(round(px(20)))
        middle.addWidget(self.languages)
        middle.addWidget(self._column, 1)
        foot = QHBoxLayout()
        foot.setSpacing(gap)
        foot.addWidget(self.foot, 1)
        foot.addWidget(self._install_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(edge, edge, edge, round(px(12)))
        whole.setSpacing(gap)
        whole.addWidget(self.search)
        whole.addLayout(middle, 1)
        whole.addLayout(foot)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._on_search_changed)
        self.languages.currentRowChanged.connect(self._on_language_changed)
        self._column.act_chosen.connect(self._on_act_chosen)
        self._install_button.file_chosen.connect(self.install)
        self._downloads.changed.connect(self._on_download_changed)
        self._downloads.installed.connect(self._on_installed)
        self._sample.changed.connect(self._on_sample_changed)
        self._sample.failed.connect(self._on_sample_failed)
        self._theme.changed.connect(self._on_theme_changed)

    def _dress(self) -> None:
        palette = self._theme.palette
        self.search.setFont(self._theme.interface_font(13))
        self.search.setStyleSheet(field_style_sheet(self._theme))
        self.foot.setFont(self._theme.interface_font(11.5))
        colours = self.foot.palette()
        colours.setColor(colours.ColorRole.WindowText, palette.soft)
        self.foot.setPalette(colours)

    # What is shown

    def _show_voices(self, listed: _Listed) -> None:
        self._voices, self._removable = listed.voices, listed.removable
        self._recommended = listed.recommended
        self._show_shelves()

    def _show_shelves(self) -> None:
        self._shelves = shelves(self._voices, self.search.text())
        self.languages.blockSignals(True)
        self.languages.show_shelves(self._shelves)
        self.languages.choose(self._shelf_wanted)
        self.languages.blockSignals(False)
        self._show_rows()

    def _show_rows(self) -> None:
        """Build the rows of the current shelf."""
        number = self.languages.currentRow()
        shown = self._shelves[number].voices if 0 <= number < len(self._shelves) else ()
        shown = tuple(sorted(shown, key=lambda voice: voice != self._recommended))
        self._column.show_voices(shown, _NOTHING_FOUND if self._voices else "")
        self._refresh()

    def _refresh(self) -> None:
        for row in self._column.rows():
            self._refresh_row(row)
        self._show_foot()

    def _refresh_row(self, row: VoiceRow) -> None:
        state = self._state_of(row.voice)
        row.show_content(content_of(row.voice, state), is_current=state.is_current)

    def _state_of(self, voice: Voice) -> RowState:
        known = published_voices()
        published = known.get(voice.id)
        place = "" if published is None else published.place
        sample = Sample.SILENT
        if self._sample.voice == voice.id:
            sample = Sample.SOUNDING if self._sample.is_sounding else Sample.COMING
        return RowState(
            fetch=self._downloads.state_of(voice.id),
            question=self._questions.get(voice.id),
            sample=sample,
            is_current=voice.id == self._current,
            is_removable=voice.id in self._removable,
            is_recommended=voice == self._recommended,
            address=self._downloads.address_of(published) if published is not None else "",
            complaint=self._complaints.get(voice.id, ""),
            fault=self._faults.get(voice.engine, ""),
            sharing_count=sum(place == other.place for other in known.values()) - 1 if place else 0,
        )

    def _show_foot(self) -> None:
        addresses = {self._downloads.address_of(voice) for voice in published_voices().values()}
        stock = stock_words(own_voices(self._voices), addresses) if self._voices else ""
        self.foot.setText(self._complaint or stock)

    # What the user does

    def _on_search_changed(self) -> None:
        self._show_shelves()

    def _on_language_changed(self, number: int) -> None:
        if 0 <= number < len(self._shelves):
            self._shelf_wanted = self._shelves[number].name
            self._show_rows()
            self._column.verticalScrollBar().setValue(0)

    def _on_act_chosen(self, voice_id: VoiceId, act: Act) -> None:
        row = self._column.row(voice_id)
        if row is None:
            return
        self._complaint = ""
        self._complaints.pop(voice_id, None)
        question = self._questions.pop(voice_id, None)
        match act:
            case Act.HEAR:
                self.sample_begins.emit()
                self._sample.hear(row.voice)
            case Act.STOP:
                self._sample.stop()
            case Act.USE:
                self._current = voice_id
                self.voice_chosen.emit(voice_id)
            case Act.REMOVE:
                self._questions[voice_id] = Question.REMOVE
            case Act.REALLY_REMOVE:
                self._remove(voice_id)
            case Act.DOWNLOAD if not self._downloads.is_agreed_to(voice_id):
                self._questions[voice_id] = Question.FETCH
            case Act.DOWNLOAD | Act.FETCH | Act.RESUME | Act.TRY_AGAIN:
                self._downloads.agree_to(voice_id)
                self._downloads.start(voice_id)
            case Act.PAUSE:
                self._downloads.pause(voice_id)
            case Act.CANCEL:
                self._downloads.cancel(voice_id)
            case Act.KEEP | Act.NOT_NOW:
                assert question is not None
        self._refresh()

    def _remove(self, voice_id: VoiceId) -> None:
        if self._sample.voice == voice_id:
            self._sample.stop()

        def on_removed(_nothing: None) -> None:
            self.voice_removed.emit(voice_id)
            self.reload()

        self._background.run(
            lambda: remove_voice(voice_id, self._voices_dir), on_removed, self._show_complaint
        )

    def install(self, source: Path) -> None:
        """Install the voices at a file or folder."""
        self._complaint = f"Installing {source.name}…"
        self._show_foot()
        self._background.run(
            lambda: install_from(source, self._voices_dir),
            lambda installed: self._on_installed(installed[0]),
            self._show_complaint,
        )

    def _on_download_changed(self, voice_id: VoiceId) -> None:
        for row in self._column.rows():
            if place_of(row.voice.id) == place_of(voice_id):
                self._refresh_row(row)

    def _on_installed(self, _voice_id: str) -> None:
        self._complaint = ""
        self.reload()

    def _on_sample_changed(self) -> None:
        if self._sample.voice is not None and self._sample.is_sounding:
            self._faults.pop(self._sample.voice.partition(":")[0], None)
        self._refresh()

    def _on_sample_failed(self, voice_id: str, error: SottovoceError) -> None:
        if isinstance(error, EngineUnavailable):  # none of its voices can be heard then
            self._faults[error.engine] = error.reason
        else:
            self._complaints[voice_id] = sentence_for(error)
        self._refresh()

    def _show_complaint(self, error: SottovoceError) -> None:
        self._complaint = sentence_for(error)
        self._show_foot()
        self.foot.setAccessibleName(self._complaint)
        announce(self.foot, self._complaint)

    def _on_theme_changed(self) -> None:
        self._dress()
        self._show_rows()

    # Qt's own

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focus = self.focusWidget()
        if event.key() == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
        elif event.key() == Qt.Key.Key_Down and focus is self.search:
            self.languages.setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Go in the order of reading; rows come and go, so Qt's own order would be another."""
        acts = self._column.buttons()
        stops: list[QWidget] = [self.search, self.languages, *acts, self._install_button]
        focus = self.focusWidget()
        if focus not in stops:
            return super().focusNextPrevChild(is_next)
        reason = Qt.FocusReason.TabFocusReason if is_next else Qt.FocusReason.BacktabFocusReason
        following = stops[(stops.index(focus) + (1 if is_next else -1)) % len(stops)]
        following.setFocus(reason)
        if following in acts:
            self._column.ensureWidgetVisible(following)
        return True

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.install(Path(files[0]))

    def done(self, result: int) -> None:
        self._put_away()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._put_away()
        super().closeEvent(event)

    def _put_away(self) -> None:
        self._sample.close()
        self._background.close()
