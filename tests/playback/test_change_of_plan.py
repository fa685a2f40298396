"""What the player does when the text is to be said otherwise from now on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reader.playback.states import Paused, Playing
from reader.speech.engine import Utterance
from reader.text.document import Place
from tests.fakes.scripted_speech import WordPlan
from tests.playback.player_room import Room


class Respelt(WordPlan):
    """The same text, one sentence of which is said otherwise."""

    def __init__(self, sentences: int, words_each: int, number: int) -> None:
        super().__init__(sentences, words_each)
        self._sentence = self.sentence_spans[number]

    def utterances_from(self, place: Place) -> Iterator[Utterance]:
        for utterance in super().utterances_from(place):
            if utterance.sentence == self._sentence:
                yield replace(utterance, spoken=utterance.spoken.upper())
            else:
                yield utterance


def playing_room() -> Room:
    room = Room(sentences=6)
    room.run(0.1)
    room.player.play()
    room.run(0.3)
    return room


def test_only_the_sentence_that_is_said_otherwise_is_spoken_again() -> None:
    room = playing_room()
    asked = room.speech.asked
    room.player.change_plan(Respelt(6, 3, number=3))
    room.run(8)
    assert room.speech.asked == asked + 1
    assert room.heard_words() == room.levels()
    assert room.told.lit == room.plan.words()
    assert room.doing() == Paused(is_at_end=True)


def test_who_goes_back_hears_what_was_passed_as_the_new_plan_says_it() -> None:
    room = playing_room()
    room.run(1)
    assert room.told.lit[-1] in room.plan.words()[3:]
    asked = room.speech.asked
    room.player.change_plan(Respelt(6, 3, number=0))
    room.run(0.1)
    assert room.speech.asked == asked
    room.player.move_to(Place(0, 0))
    assert room.speech.asked == asked + 1
    room.run(1)
    assert room.told.lit.count(room.plan.words()[0]) == 2


def test_a_plan_that_says_the_same_changes_nothing_that_is_heard() -> None:
    room = playing_room()
    asked = room.speech.asked
    room.player.change_plan(WordPlan(6, 3))
    room.run(8)
    assert room.speech.asked == asked
    assert room.heard_words() == room.levels()
    assert room.told.soundings == 1


def test_the_sentence_being_heard_is_said_anew_from_its_word_on() -> None:
    room = playing_room()
    room.player.change_plan(Respelt(6, 3, number=0))
    assert room.player.place.section == 0
    room.run(8)
    assert room.doing() == Paused(is_at_end=True)
    assert room.told.lit[-1] == room.plan.words()[-1]


def test_while_paused_the_place_stays_and_the_new_plan_holds() -> None:
    room = playing_room()
    room.player.pause()
    place = room.player.place
    room.player.change_plan(Respelt(6, 3, number=0))
    assert room.player.place == place
    assert isinstance(room.doing(), Paused)
    room.player.play()
    room.run(0.3)
    assert isinstance(room.doing(), Playing)


def test_without_a_text_a_plan_means_nothing() -> None:
    room = Room()
    room.player.close()
    room.player.change_plan(WordPlan(2, 2))
    room.player.play()
    assert room.told.lit == []
