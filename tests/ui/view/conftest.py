"""A reading view for whoever tests one."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from reader.text.document import Document, Place
from reader.ui.look.theme import Theme
from reader.ui.view.reading_view import ReadingView
from tests.ui.view.views import MakeView


@pytest.fixture
def make_view(qtbot: QtBot) -> MakeView:
    def make(
        document: Document, *, theme: Theme | None = None, place: Place | None = None
    ) -> ReadingView:
        view = ReadingView(theme or Theme("light"))
        qtbot.addWidget(view)
        view.resize(1280, 726)
        view.set_reduced_motion(True)
        view.show_document(document, place)
        view.show()
        qtbot.waitExposed(view)
        view.setFocus()
        return view

    return make
