"""The window: the only room that knows Qt."""

from reader.ui.pyside_import import import_pyside

import_pyside()
