"""What can be done about what went wrong, as the user chooses it from a message."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, assert_never

from PySide6.QtCore import QObject

from reader.ui.desk.desk_parts import DeskParts
from reader.ui.window.commands import Command
from reader.ui.window.messages import Remedy, Subject

if TYPE_CHECKING:  # imported when there is such a text, or once there is a voice
    from reader.ui.desk.desk_voice import DeskVoice
    from reader.ui.desk.reluctant_texts import ReluctantTexts


class Remedies(QObject):
    """Made when something first went wrong."""

    def __init__(
        self,
        parts: DeskParts,
        do: Callable[[Command], object],
        voice: Callable[[], DeskVoice | None],
    ) -> None:
        """`do` does what a command does; `voice` gives the voice, once there is one."""
        super().__init__(parts.window)
        self._parts = parts
        self._text = parts.text
        self._do = do
        self._voice = voice

    def apply(self, subject: Subject, remedy: Remedy) -> None:
        """Do what was chosen about what went wrong with `subject`."""
        match remedy:
            case Remedy.CHOOSE_TEXT:
                self._do(Command.OPEN)
            case Remedy.CHOOSE_VOICE:
                self._do(Command.CHOOSE_VOICE)
            case Remedy.SHOW_UNSAID:
                voice = self._voice()
                if voice is not None:
                    voice.show_unsaid()
            case Remedy.SHOW_VOICES:
                self._do(Command.SHOW_VOICES)
            case Remedy.RELOAD:
                self._text.open_again()
            case Remedy.TRY_AGAIN:
                self._try_again(subject)
            case Remedy.ENTER_PASSWORD:
                self.reluctant.ask_password()
            case Remedy.RECOGNISE:
                self.reluctant.recognise()
            case Remedy.STOP:
                self.reluctant.stop()
            case Remedy.FETCH | Remedy.ALWAYS_FETCH:
                pass  # answers about the web alone
            case Remedy.BRING_BACK:
                pass  # whoever has looked for the note knows which (`SpotOpening`)
            case _:
                assert_never(remedy)

    @cached_property
    def reluctant(self) -> ReluctantTexts:
        """Texts that need a password, or to be recognised."""
        from reader.ui.desk.reluctant_texts import ReluctantTexts

        return ReluctantTexts(self._parts)

    def close(self) -> None:
        """End what is under way: the window closes."""
        if "reluctant" in self.__dict__:
            self.reluctant.close()

    def _try_again(self, subject: Subject) -> None:
        match subject:
            case Subject.VOICE | Subject.DEVICE:
                voice = self._voice()
                if voice is not None:
                    voice.aloud.player.play()
            case Subject.STORAGE | Subject.NOTES:
                self._text.open_notes()
            case _:
                self._text.open_again()
