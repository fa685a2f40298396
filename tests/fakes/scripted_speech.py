"""A voice that answers when the test says so, and a text whose words are easy to count."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import replace

from reader.playback.reading_line import TextPlan
from reader.speech.engine import (
    HeardWord,
    Pause,
    Piece,
    Precision,
    Utterance,
    UtteranceAudio,
    VoiceId,
)
from reader.speech.speech_events import AudioBegun, AudioReady, UtteranceFailed
from reader.text.document import (
    Block,
    BlockKind,
    Document,
    Fingerprint,
    Place,
    Section,
    Span,
)
from reader.text.extent import Extent

SAMPLE_RATE = 8000
WORD_FRAMES = 400
"""Each word sounds for 50 ms."""

ASIDE_LEVEL = 500
"""The sample value of a note's words."""


def level_of_word(span: Span) -> int:
    """Return the sample value a word sounds at: it tells the word, and is never 0."""
    return 1000 + span.start


def speak(utterance: Utterance, sample_rate: int = SAMPLE_RATE) -> UtteranceAudio:
    """Return audio in which each word is a constant level of its own."""
    frames = array("h")
    words = []
    for piece in utterance.pieces:
        span = Span(utterance.span.section, piece.source_start, piece.source_end)
        words.append(HeardWord(span, len(frames), len(frames) + WORD_FRAMES))
        frames.extend([level_of_word(span)] * WORD_FRAMES)
    if not utterance.pieces:  # an aside: its words are nobody's, and all sound alike
        frames.extend([ASIDE_LEVEL] * WORD_FRAMES * len(utterance.spoken.split()))
    return UtteranceAudio(utterance, frames.tobytes(), sample_rate, tuple(words), Precision.WORD)


class ScriptedSpeech:
    """Keeps what is asked; `answer` says it."""

    def __init__(self) -> None:
        self.started: list[VoiceId] = []
        self.requests: list[tuple[int, int, Utterance]] = []
        self.asked = 0
        self.waited_for: list[Utterance] = []
        self.spoken: list[Utterance] = []
        self.at_hand: list[Utterance] = []
        self.sample_rate = SAMPLE_RATE

    def start(self, voice: VoiceId) -> None:
        """Note which voice is wanted."""
        self.started.append(voice)

    def request(
        self, generation: int, number: int, utterance: Utterance, *, at_once: bool = False
    ) -> None:
        """Keep the request until it is answered or dropped."""
        self.asked += 1
        self.waited_for += [utterance] if at_once else []
        self.requests.append((generation, number, utterance))

    def drop_before(self, generation: int) -> None:
        """Forget older requests."""
        self.requests = [request for request in self.requests if request[0] >= generation]

    def is_at_hand(self, utterance: Utterance) -> bool:
        """Whether it is among those the test says need no speaking."""
        return utterance in self.at_hand

    def answer(self) -> AudioReady:
        """Take the oldest request and say it."""
        generation, number, utterance = self.requests.pop(0)
        self.spoken.append(utterance)
        return AudioReady(generation, number, speak(utterance, self.sample_rate))

    def begin(self, words: int) -> AudioBegun:
        """Say so many words of the oldest request, and half of the next one."""
        generation, number, utterance = self.requests[0]
        whole = speak(utterance, self.sample_rate)
        begun = replace(
            whole,
            pcm=whole.pcm[: (2 * words + 1) * WORD_FRAMES],
            words=whole.words[:words],
            is_whole=False,
        )
        return AudioBegun(generation, number, begun)

    def fail(self, reason: str = "no") -> UtteranceFailed:
        """Take the oldest request and fail at it."""
        generation, number, _utterance = self.requests.pop(0)
        return UtteranceFailed(generation, number, reason)


class WordPlan(TextPlan):
    """A text of sentences of `words_each` words, "aaa aaa aaa." and so on, two to a paragraph."""

    def __init__(self, sentences: int, words_each: int = 3) -> None:
        sentence = " ".join(["aaa"] * words_each) + "."
        self.text = " ".join([sentence] * sentences)
        step = len(sentence) + 1
        self.sentence_spans = [
            Span(0, at, at + len(sentence)) for at in range(0, step * sentences, step)
        ]
        block = Block(0, len(self.text), BlockKind.PARAGRAPH)
        section = Section(0, "", self.text, (block,))
        self.document = Document("", (), "en", (section,), Fingerprint("sha256:0"))

    @property
    def extent(self) -> Extent:
        """How long the text is."""
        return Extent(self.document)

    def words(self) -> list[Span]:
        """Return every word of the text, in order."""
        return [word for span in self.sentence_spans for word in self._words_in(span)]

    def utterances_from(self, place: Place) -> Iterator[Utterance]:
        """Yield a sentence at a time, the first one from the word at `place` on."""
        for sentence in self.sentence_spans:
            words = [word for word in self._words_in(sentence) if word.end > place.offset]
            if words:
                start = words[0].start
                pieces = tuple(
                    Piece(word.start - start, word.end - start, word.start, word.end)
                    for word in words
                )
                span = Span(0, start, sentence.end)
                spoken = self.text[start : sentence.end]
                yield Utterance(span, sentence, spoken, pieces, "en", Pause.SENTENCE)

    def sentence_at(self, place: Place) -> Span | None:
        """Return the sentence that holds `place`, or the next one."""
        return next((span for span in self.sentence_spans if place.offset < span.end), None)

    def sentence_after(self, place: Place) -> Span | None:
        """Return the sentence after that one."""
        return self._beside(place, 1)

    def sentence_before(self, place: Place) -> Span | None:
        """Return the sentence before that one."""
        return self._beside(place, -1)

    def paragraph_after(self, place: Place) -> Span | None:
        """Return the first sentence of the next two."""
        at = self._index(place)
        return self._at(at - at % 2 + 2)

    def paragraph_before(self, place: Place) -> Span | None:
        """Return the first sentence of the two before."""
        at = self._index(place)
        return self._at(at - at % 2 - 2)

    def _index(self, place: Place) -> int:
        here = self.sentence_at(place)
        return len(self.sentence_spans) - 1 if here is None else self.sentence_spans.index(here)

    def _beside(self, place: Place, step: int) -> Span | None:
        return self._at(self._index(place) + step)

    def _at(self, index: int) -> Span | None:
        return self.sentence_spans[index] if 0 <= index < len(self.sentence_spans) else None

    def _words_in(self, span: Span) -> list[Span]:
        return [Span(0, at, at + 3) for at in range(span.start, span.end, 4)]
