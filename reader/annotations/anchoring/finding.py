"""Finding the places of annotations in a text, which may have changed since they were made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reader.annotations.anchoring.standing import anchors_of_standing
from reader.annotations.anchoring.values import UNKNOWN_PAST, Anchor, Past
from reader.annotations.anchoring.whole_text import WholeText
from reader.annotations.model import Annotation
from reader.text.document import Document, Fingerprint
from reader.text.lazy_sections import LazySections


def anchor_annotations(
    annotations: Iterable[Annotation], document: Document, past: Past = UNKNOWN_PAST
) -> tuple[Anchor, ...]:
    """Return each annotation's anchor, in order.

    Those that stood in an earlier version whose text is kept are followed from there. The others
    are looked for by their quote; what isn't found to the letter is then to be looked at.
    Where the text of this very version is kept, only those sections are read that notes stand in.
    Slow for large texts that changed: a second for 10,000 annotations in 6 MB, or two where it
    changed everywhere; two or three where no earlier text is kept.
    """
    wanted = tuple(annotations)
    kept = _kept_whole(document, past)
    if kept is not None:
        anchors = _anchors_in(kept, wanted, document.fingerprint, past)
        if _is_true_of(kept, document, anchors):
            if isinstance(document.sections, LazySections):
                document.sections.learn_lengths(kept.lengths)
            return anchors
    return _anchors_in(WholeText(document), wanted, document.fingerprint, past)


def _anchors_in(
    whole: WholeText, annotations: Sequence[Annotation], version: Fingerprint, past: Past
) -> tuple[Anchor, ...]:
    anchors = anchors_of_standing(annotations, version, whole, past)
    if anchors is not None:
        return anchors
    # imported where there is something to search, which in most texts there isn't
    from reader.annotations.anchoring.search import Search

    return Search(annotations, version, whole, past).anchors()


def _kept_whole(document: Document, past: Past) -> WholeText | None:
    """Return what is kept of this version of a document whose sections aren't all read anyway."""
    is_lazy = isinstance(document.sections, LazySections)
    if not is_lazy or len(past.lengths) != len(document.sections):
        return None
    text = past.texts.get(document.fingerprint)
    return None if text is None else WholeText.kept(text, past.lengths)


def _is_true_of(kept: WholeText, document: Document, anchors: Sequence[Anchor]) -> bool:
    """Whether what is kept is still what is read where notes stand; the app may read otherwise
    today."""
    pointed_at = {span.section for a in anchors for span in (a.span, *a.candidates) if span}
    return all(document.sections[n].text == kept.text_of(n) for n in sorted(pointed_at))


def anchor(annotation: Annotation, document: Document) -> Anchor:
    """Return one annotation's anchor; for several, `anchor_annotations` is much cheaper."""
    return anchor_annotations((annotation,), document)[0]
