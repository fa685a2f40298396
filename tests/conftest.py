"""What every test gets: no display needed, nobody's own files touched, nothing left behind."""

from __future__ import annotations

import locale
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from PySide6.QtCore import QCoreApplication, QEvent, SignalInstance
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from pytestqt.wait_signal import SignalBlocker

from reader.storage.database import Database
from tests.patience import PATIENCE_MS, PATIENCE_S

# how long an example takes is for the benchmarks to say: a busy machine fails no test; and the same
# examples each time, or one in a thousand fails whoever is next: `--hypothesis-profile explore`
# looks for others
_UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("explore", _UNHURRIED)
settings.register_profile("suite", _UNHURRIED, derandomize=True)
settings.load_profile("suite")

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if locale.getencoding().upper() != "UTF-8":
    os.environ["LC_ALL"] = "C.UTF-8"  # Qt would say that it takes that itself
os.environ.setdefault("QT_LOGGING_RULES", "qt.multimedia.symbolsresolver=false")

SHARED_INPUTS = Path(__file__).resolve().parents[2] / "shared" / "inputs"


class PatientBot(QtBot):
    """Waits with patience where a test doesn't say how long."""

    def waitUntil(  # noqa: N802 - pytest-qt's name
        self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS
    ) -> None:
        """Return once `callback` gives True."""
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(  # noqa: N802 - pytest-qt's name
        self,
        signal: SignalInstance,
        *,
        timeout: int = PATIENCE_MS,
        raising: bool | None = None,
        check_params_cb: Callable[..., bool] | None = None,
    ) -> SignalBlocker:
        """Return what leaves its `with` block once the signal has come."""
        return super().waitSignal(
            signal, timeout=timeout, raising=raising, check_params_cb=check_params_cb
        )


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """The one SQLite file, empty."""
    with Database(tmp_path / "sottovoce.sqlite3") as database:
        yield database


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> PatientBot:
    """Return pytest-qt's bot, with patience for a loaded machine."""
    assert qapp
    return PatientBot(request)


@pytest.fixture(autouse=True)
def no_widget_left_behind() -> Iterator[None]:
    """Close what pops up, and delete what is to be deleted, before the next test begins."""
    yield
    if QApplication.instance() is not None:
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test a home of its own."""
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(home))


@pytest.fixture(autouse=True)
def no_thread_left_behind() -> Iterator[None]:
    """Fail a test whose threads outlive it."""
    before = set(threading.enumerate())
    yield
    left = [thread for thread in threading.enumerate() if thread not in before]
    for thread in left:
        thread.join(PATIENCE_S)
    assert not [thread.name for thread in left if thread.is_alive()]


@pytest.fixture
def shared_inputs() -> Path:
    """The folder of real inputs beside the checkout; the test is skipped where there is none."""
    if not SHARED_INPUTS.is_dir():
        pytest.skip("the real inputs are not beside this checkout")
    return SHARED_INPUTS
