"""How a word sounds: hear it, spell it anew or pick its sounds, hear that, keep it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QWidget

from reader.app.wording import sentence_for
from reader.errors import PronunciationRefused
from reader.speech.phonemes import STRESS, Phoneme, phonemes_in
from reader.speech.planning.pronunciation import EVERYWHERE, Match, Rule, check_rule
from reader.ui.look.choice import Choice
from reader.ui.look.controls import TextButton
from reader.ui.look.field_style import field_style_sheet
from reader.ui.look.popover import Popover
from reader.ui.look.theme import Theme

_WIDTH_PX = 400
_SOUNDS_IN_A_ROW = 9
_TYPING_MS = 700
"""How long the keys must rest before what was typed is said."""

_MATCHES = ((Match.WORD, "Whole word"), (Match.ANYWHERE, "Anywhere"), (Match.REGEX, "Expression"))


class PronunciationPopover(Popover):
    """About one word. `scopes` are what a rule may hold for, with their names, widest last."""

    hear_wanted = Signal(str)
    """The respelling to say; "" for the word as it sounds now."""
    transcription_wanted = Signal(str)
    """A word whose phonemes are to be shown."""
    saved = Signal(object)
    """Rule."""
    removed = Signal(object)
    """Rule."""
    stepped = Signal(int)
    """The word before (-1) or after (1) is meant."""

    def __init__(
        self,
        theme: Theme,
        window: QWidget,
        scopes: Sequence[tuple[str, str]],
        phonemes: Sequence[Phoneme] = (),
    ) -> None:
        """`phonemes` are what can be picked."""
        super().__init__(theme, window, "How it sounds")
        self._known: Rule | None = None
        self._word = QLabel(self)
        self._written = QLineEdit(self)
        self._written.setAccessibleName("What is written")
        self._sounds = QLineEdit(self)
        self._sounds.setAccessibleName("How it should sound")
        self._sounds.setPlaceholderText("Spell how it sounds")
        self._problem = QLabel(self)
        self._problem.setWordWrap(True)
        self._hear = TextButton(theme, "Hear it", self, is_framed=True)
        self._pick = TextButton(theme, "Sounds", self)
        self._pick.setToolTip("Pick the sounds one by one")
        self._pick.setCheckable(True)
        self._pick.setVisible(bool(phonemes))
        self._picker = _picker_of(theme, phonemes, self, self._insert)
        self._picker.hide()
        self._save = TextButton(theme, "Save", self, is_framed=True, is_accented=True)
        self._remove = TextButton(theme, "Remove", self)
        self._scopes = Choice({key: TextButton(theme, name, self) for key, name in scopes}, self)
        matches = {match: TextButton(theme, name, self) for match, name in _MATCHES}
        self._matches = Choice(matches, self)
        self._minds_case = TextButton(theme, "Aa", self)
        self._minds_case.setToolTip("Capital and small letters differ")
        self._minds_case.setCheckable(True)
        self._resting = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._lay_out()
        self._connect()
        self._dress()

    def show_word(self, word: str, known: Rule | None) -> None:
        """Be about this word; `known` is the rule that holds for it."""
        self._known = known
        self._resting.stop()
        self._word.setText(word)
        self._pick.setChecked(False)
        self._picker.hide()
        self._written.setText(known.written if known else word)
        self._sounds.setText(known.sounds if known else "")
        self._remove.setVisible(known is not None)
        scope = known.scope if known and known.scope in self._scopes.buttons else EVERYWHERE
        self._scopes.show(scope)
        self._choose_match(known.match if known else Match.WORD)
        self._minds_case.setChecked(known is not None and known.minds_case)
        self._say_problem("")
        self._sounds.setFocus()

    @property
    def rule(self) -> Rule:
        """The rule as it would be saved."""
        match, scope = self._matches.value, self._scopes.value
        assert match is not None
        assert scope is not None
        return Rule(
            self._written.text().strip(),
            self._sounds.text().strip(),
            match,
            self._minds_case.isChecked(),
            scope,
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_save()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        for label, step in (("‹", -1), ("›", 1)):
            button = TextButton(self.theme, label, self, size_px=16)
            button.setAccessibleName("The word before" if step < 0 else "The next word")
            button.setToolTip(button.accessibleName())
            button.clicked.connect(lambda _=False, by=step: self.stepped.emit(by))
            head.addWidget(button)
        head.insertWidget(1, self._word, 1, Qt.AlignmentFlag.AlignHCenter)
        self.content.addLayout(head)
        row = QHBoxLayout()
        row.addWidget(self._sounds, 1)
        row.addWidget(self._pick)
        row.addWidget(self._hear)
        self.content.addLayout(row)
        self.content.addWidget(self._picker)
        self.content.addWidget(self._problem)
        self.content.addLayout(_row_of(self._scopes.buttons.values()))
        self.content.addLayout(_row_of((*self._matches.buttons.values(), self._minds_case)))
        self.content.addWidget(self._written)
        foot = QHBoxLayout()
        foot.addWidget(self._remove)
        foot.addStretch(1)
        foot.addWidget(self._save)
        self.content.addLayout(foot)

    def _connect(self) -> None:
        self._resting.timeout.connect(self._hear_typed)
        self._sounds.textEdited.connect(lambda _text: self._resting.start())
        self._written.textEdited.connect(lambda _text: self._say_problem(""))
        self._hear.clicked.connect(self._hear_typed)
        self._pick.clicked.connect(self._on_pick)
        self._save.clicked.connect(self._on_save)
        self._remove.clicked.connect(self._on_remove)
        self._matches.made.connect(self._choose_match)
        self.theme.changed.connect(self._dress)

    def _choose_match(self, chosen: Match) -> None:
        self._matches.show(chosen)
        self._written.setVisible(chosen is not Match.WORD)
        self.place()

    def _hear_typed(self) -> None:
        """Say what was typed; what can't be said yet is likely not all typed yet."""
        self._resting.stop()
        sounds = self._sounds.text().strip()
        try:
            phonemes_in(sounds)
        except PronunciationRefused as refusal:
            self._say_problem(sentence_for(refusal))
            return
        self._say_problem("")
        self.hear_wanted.emit(sounds)

    def _on_pick(self) -> None:
        """Show the sounds to pick from; the field begins with those that the word has now."""
        is_wanted = self._pick.isChecked()
        if is_wanted and not self._sounds.text().lstrip().startswith("/"):
            self.transcription_wanted.emit(self._sounds.text() or self._word.text())
        self._picker.setVisible(is_wanted)
        self._sounds.setFocus()
        self.place()

    def show_transcription(self, phonemes: str) -> None:
        """Begin with these phonemes, unless the user has begun already."""
        if self._pick.isChecked() and not self._sounds.text().lstrip().startswith("/"):
            self._sounds.setText(f"/{phonemes}/")
            self._sounds.setCursorPosition(len(phonemes) + 1)

    def _insert(self, symbol: str) -> None:
        """Put a sound where the cursor is, within the slashes."""
        if not self._sounds.text().lstrip().startswith("/"):
            self._sounds.setText("//")
        last = len(self._sounds.text().rstrip()) - 1
        if self._sounds.cursorPosition() > last > 0:
            self._sounds.setCursorPosition(last)
        self._sounds.insert(symbol)
        self._resting.start()

    def _on_save(self) -> None:
        rule = self.rule
        try:
            check_rule(rule)
        except PronunciationRefused as refusal:
            self._say_problem(sentence_for(refusal))
            if refusal.column and rule.match is Match.REGEX:
                self._written.setFocus()
                self._written.setCursorPosition(refusal.column - 1)
            return
        if self._known is not None and not rule.replaces(self._known):
            self.removed.emit(self._known)
        self.saved.emit(rule)
        self.close()

    def _on_remove(self) -> None:
        if self._known is not None:
            self.removed.emit(self._known)
        self.close()

    def _say_problem(self, words: str) -> None:
        self._problem.setText(words)
        self._problem.setVisible(bool(words))
        self.place()

    def _dress(self) -> None:
        self.setFixedWidth(round(self.theme.px(_WIDTH_PX)))
        self._word.setFont(self.theme.text_font(22, 500))
        self._problem.setFont(self.theme.interface_font(12))
        for field in (self._sounds, self._written):
            field.setFont(self.theme.interface_font(14))
            field.setStyleSheet(field_style_sheet(self.theme, is_on_card=True))


def _picker_of(
    theme: Theme, phonemes: Sequence[Phoneme], parent: QWidget, picked: Callable[[str], None]
) -> QWidget:
    """Return a button for each sound, which says in which word one hears it."""
    picker = QWidget(parent)
    grid = QGridLayout(picker)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(0)
    for number, phoneme in enumerate((*STRESS, *phonemes) if phonemes else ()):
        button = TextButton(theme, phoneme.symbol, picker, size_px=15)
        button.setAccessibleName(f"{phoneme.symbol}, {phoneme.example}")
        is_mark = phoneme in STRESS
        button.setToolTip(phoneme.example if is_mark else f"as in {phoneme.example}")
        button.clicked.connect(lambda _=False, symbol=phoneme.symbol: picked(symbol))
        grid.addWidget(button, *divmod(number, _SOUNDS_IN_A_ROW))
    return picker


def _row_of(buttons: Iterable[QWidget]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(0)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row
