"""What of the text is said, and how: between the text, its plan, the settings and the panels."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from reader.app.reading_choices import what_is_read
from reader.app.services import Services
from reader.app.settings import SETTINGS, WHAT_IS_READ
from reader.errors import OutputNotWritten
from reader.speech.phonemes import PHONEMES
from reader.speech.planning.pronunciation import EVERYWHERE, Pronunciation, Rule
from reader.speech.planning.sentences import primary_language, said_alone
from reader.text.document import Document, Fingerprint, Place, Span
from reader.text.lazy_sections import readable_section
from reader.text.segment import word_ranges
from reader.ui.background import Background
from reader.ui.desk.preferences import Preferences
from reader.ui.listening.asides import Asides
from reader.ui.listening.pronunciation_popover import PronunciationPopover
from reader.ui.listening.reading_aloud import ReadingAloud
from reader.ui.listening.reading_popover import ReadingPopover
from reader.ui.listening.skip_marks import SkipMarks
from reader.ui.listening.sound import Sound
from reader.ui.look.menu import Menu
from reader.ui.view import text_selection
from reader.ui.window.commands import Command, keys_of
from reader.ui.window.main_window import MainWindow
from reader.ui.window.shown_keys import beside_key
from reader.ui.window.voice_words import language_name

_GROUPS = {setting.name: setting.group for setting in SETTINGS}
_LONGEST_WRITTEN = 80


class Saying(QObject):
    """Dims what isn't read, reads it when asked to, and lets words be put right by ear."""

    failed = Signal(object)
    """SottovoceError: a rule holds, but can't be written down."""
    menu_offered = Signal(object, object)
    """Menu, and Place or None: who can do something there as well may add it."""

    def __init__(
        self,
        services: Services,
        preferences: Preferences,
        window: MainWindow,
        background: Background,
        aloud: ReadingAloud,
        sound: Sound,
    ) -> None:
        super().__init__(window)
        self._services = services
        self._preferences = preferences
        self._window = window
        self.view = window.view
        self._aloud = aloud
        self._transcribing = background.latest()
        self._asides = Asides(sound, self)
        self._wanted: dict[Fingerprint, frozenset[Span]] = {}
        self._marks = SkipMarks(window.view, background, self)
        self._caret_before: Place | None = None  # where it stood when a word was lit last
        aloud.word_lit.connect(self._on_word_lit)
        preferences.chosen.connect(self._on_chosen)
        aloud.opened.connect(self._on_opened)
        window.view.place_activated.connect(self._on_place_activated)
        window.view.context_menu_requested.connect(self._on_menu_requested)

    @property
    def _document(self) -> Document | None:
        return self._aloud.document

    @property
    def deeds(self) -> dict[Command, Callable[[], object]]:
        """What it does when commanded."""
        return {
            Command.CHOOSE_WHAT_IS_READ: lambda: self.show_choices(self._window.header.menu_button),
            Command.PRONOUNCE: self.pronounce,
        }

    def _on_opened(self) -> None:
        if self._wanted_now:
            self._aloud.change_plan(self._wanted_now)
        self._dim()

    # What is read

    def show_choices(self, anchor: QWidget) -> None:
        """Open the switches beside a button."""
        popover = ReadingPopover(self._window.theme, self._window, self._preferences.settings)
        popover.chosen.connect(self._preferences.choose)
        popover.open_at(anchor)

    def hear(self, passage: Span) -> None:
        """Read a passage that is left out, now, and whenever one comes by it in this session."""
        self._set_wanted(self._wanted_now | {passage})
        self._aloud.play_from(passage.first_place)

    def leave_out(self, passage: Span) -> None:
        """Leave a passage out again that was asked for."""
        self._set_wanted(self._wanted_now - {passage})

    @property
    def _wanted_now(self) -> frozenset[Span]:
        document = self._document
        return (
            frozenset() if document is None else self._wanted.get(document.fingerprint, frozenset())
        )

    def _set_wanted(self, wanted: frozenset[Span]) -> None:
        if self._document is not None:
            self._wanted[self._document.fingerprint] = wanted
            self._say_anew()

    def _on_chosen(self, name: str) -> None:
        if _GROUPS[name] == WHAT_IS_READ:
            self._say_anew()

    def _say_anew(self) -> None:
        self._aloud.change_plan(self._wanted_now)
        self._dim()

    def _dim(self) -> None:
        if self._document is not None:
            what = what_is_read(self._preferences.settings, self._wanted_now)
            self._marks.show(self._document, what)

    def _on_place_activated(self, place: Place) -> None:
        skip = self._marks.at(place)
        if skip is not None:
            self.hear(self._marks.passage_of(skip))

    # How words sound

    def pronounce(self, span: Span | None = None) -> None:
        """Ask how the word at a span sounds, or the selected one, or the one being heard."""
        span = span or self._word_meant()
        if self._document is None or span is None:
            return
        self._aloud.player.pause()
        language = primary_language(self.language_at(span))
        popover = PronunciationPopover(
            self._window.theme,
            self._window,
            self._scopes(span),
            PHONEMES.get(language, ()),
        )
        popover.transcription_wanted.connect(partial(self._transcribe, popover, language))
        anchor = QWidget(self.view.viewport())
        anchor.hide()
        popover.closed.connect(anchor.deleteLater)
        state = _Pronouncing(self, popover, anchor, span)
        popover.closed.connect(state.deleteLater)
        state.show()
        popover.open_at(anchor)
        popover.show_word(self.text_of(state.span), self.rule_for(state.span))

    def _transcribe(self, popover: PronunciationPopover, language: str, word: str) -> None:
        def show(phonemes: str) -> None:
            if isValid(popover):
                popover.show_transcription(phonemes)

        self._transcribing.run(
            lambda: self._services.transcribed(word, language), show, self.failed.emit
        )

    def text_of(self, span: Span) -> str:
        """Return what is written there."""
        if self._document is None:
            return ""
        section = readable_section(self._document.sections, span.section)
        return "" if section is None else section.text[span.start : span.end]

    def language_at(self, span: Span) -> str:
        """Return the language in which it is said."""
        if self._document is None:
            return "en"
        section = readable_section(self._document.sections, span.section)
        blocks = () if section is None else section.blocks
        here = bisect_right(blocks, span.start, key=lambda block: block.end)
        is_inside = here < len(blocks) and blocks[here].start <= span.start
        language = blocks[here].language if is_inside else None
        return language or self._document.language or "en"

    def rule_for(self, span: Span) -> Rule | None:
        """Return the rule that says how a word sounds; None if none does."""
        document, written, language = self._document, self.text_of(span), self.language_at(span)
        before = said_alone(written, language, Pronunciation())
        if document is None or before is None:
            return None
        for rule in reversed(self._services.pronunciation_file.rules):
            after = said_alone(written, language, Pronunciation((rule,), document.fingerprint))
            if after is not None and before.spoken != after.spoken:
                return rule
        return None

    def hear_word(self, span: Span, sounds: str) -> None:
        """Say a word as it sounds now, or as it is respelled."""
        document, written, language = self._document, self.text_of(span), self.language_at(span)
        if document is None:
            return
        rules = self._services.pronunciation_file.rules
        if sounds:
            rules = (*rules, Rule(written, sounds, scope=document.fingerprint))
        utterance = said_alone(written, language, Pronunciation(rules, document.fingerprint))
        if utterance is not None:
            self._asides.say(utterance)

    def save(self, rule: Rule) -> None:
        """Let a rule hold; what it changes is said anew."""
        self._change_rules(self._services.pronunciation_file.add, rule)

    def remove(self, rule: Rule) -> None:
        """Let a rule hold no more."""
        self._change_rules(self._services.pronunciation_file.remove, rule)

    def _change_rules(self, change: Callable[[Rule], object], rule: Rule) -> None:
        try:
            change(rule)
        except OutputNotWritten as error:
            self.failed.emit(error)
        self._aloud.change_plan(self._wanted_now)

    def word_beside(self, span: Span, step: int) -> Span:
        """Return the word before (-1) or after (1) in the same paragraph, or the same one."""
        words = self._words_around(span.first_place)
        beside = [w for w in words if (w.start >= span.end if step > 0 else w.end <= span.start)]
        if not beside:
            return span
        return beside[0] if step > 0 else beside[-1]

    def _scopes(self, span: Span) -> list[tuple[str, str]]:
        assert self._document is not None
        language = primary_language(self.language_at(span))
        return [
            (self._document.fingerprint, "This text"),
            (language, language_name(language) or f"Language {language}"),
            (EVERYWHERE, "Everywhere"),
        ]

    def _word_meant(self) -> Span | None:
        view, selected = self.view, self._selected()
        if selected is not None and selected.end - selected.start <= _LONGEST_WRITTEN:
            return selected
        heard, caret = self._aloud.listening.word, view.caret
        if heard is not None:
            clicked = caret if caret != self._caret_before else None  # since it was lit
            return heard if clicked is None else self._word_at(clicked) or heard
        pointer = view.viewport().mapFromGlobal(QCursor.pos())
        place = view.place_at(pointer) if view.viewport().rect().contains(pointer) else None
        places = (place, caret, self._aloud.place)  # at the end of a paragraph there may be none
        words = (self._word_at(each) for each in places if each is not None)
        return next((word for word in words if word is not None), None)

    def _on_word_lit(self, _word: Span | None) -> None:
        self._caret_before = self.view.caret

    def _selected(self) -> Span | None:
        """Return what is selected, without the white space at its ends."""
        document, selection = self._document, self.view.selection
        if document is None or selection is None:
            return None
        return text_selection.trimmed(document, selection)

    def _word_at(self, place: Place) -> Span | None:
        words = self._words_around(place)
        return next((word for word in words if place.offset < word.end), None)

    def _words_around(self, place: Place) -> list[Span]:
        if self._document is None:
            return []
        block = text_selection.block_span(self._document, place)
        if block is None:
            return []
        text = self._document.sections[place.section].text
        found = word_ranges(text, block.start, block.end)
        return [Span(place.section, start, end) for start, end in found]

    # The menu on the text

    def _on_menu_requested(self, place: Place | None, position: QPoint) -> None:
        menu = Menu(self._window.theme, self.view)
        if place is not None:
            self._offer_passage(menu, place)
        self.menu_offered.emit(menu, place)
        choose = Command.CHOOSE_WHAT_IS_READ
        menu.addAction(beside_key("What is read…", keys_of(choose)[0]), self.deeds[choose])
        menu.popup(position)

    def _offer_passage(self, menu: Menu, place: Place) -> None:
        skip = self._marks.at(place)
        if skip is not None:
            passage = self._marks.passage_of(skip)
            menu.addAction(f"Read this {skip.reason.value}", lambda: self.hear(passage))
        else:
            menu.addAction("Read from here", lambda: self._aloud.play_from(place))
        for asked in self._wanted_now:
            if place in asked:
                menu.addAction("Leave this out again", partial(self.leave_out, asked))
        word = self._selected() or self._word_at(place)
        if word is not None and word.end - word.start <= _LONGEST_WRITTEN:
            written = self.text_of(word).replace("&", "&&")
            label = beside_key(f"How “{written}” sounds…", keys_of(Command.PRONOUNCE)[0])
            menu.addAction(label, lambda: self.pronounce(word))
        menu.addSeparator()


class _Pronouncing(QObject):
    """One popover at work: which word it is about, and where that stands."""

    def __init__(
        self, saying: Saying, popover: PronunciationPopover, anchor: QWidget, span: Span
    ) -> None:
        super().__init__(saying)
        self._saying = saying
        self._popover = popover
        self._anchor = anchor
        self._selected_before = saying.view.selected_spans
        self.span = span
        popover.hear_wanted.connect(lambda sounds: saying.hear_word(self.span, sounds))
        popover.saved.connect(saying.save)
        popover.removed.connect(saying.remove)
        popover.stepped.connect(self._step)
        popover.closed.connect(self._leave)

    def show(self) -> None:
        """Stand where the word is, and say it."""
        view = self._saying.view
        view.scroll_to(self.span.first_place, animated=False)
        view.select(self.span)
        boxes = view.rects_of(self.span)
        if boxes:
            self._anchor.setGeometry(boxes[0])
        self._saying.hear_word(self.span, "")

    def _leave(self) -> None:
        """Select what was selected before, unless something else is by now."""
        view = self._saying.view
        if view.selected_spans == (self.span,):
            view.select_spans(self._selected_before)

    def _step(self, by: int) -> None:
        self.span = self._saying.word_beside(self.span, by)
        self.show()
        self._popover.show_word(self._saying.text_of(self.span), self._saying.rule_for(self.span))
        self._popover.place()
