"""The program with a window: its start and its end."""

from __future__ import annotations

import argparse
import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from reader import __version__
from reader.app.services import Services
from reader.app.session import Session
from reader.app.trace import Trace
from reader.app.wording import sentence_for
from reader.errors import SottovoceError, TextMissing, WebAddressNotAllowed
from reader.ui.background import THREADS
from reader.ui.desk.reading_desk import ReadingDesk
from reader.ui.look.controls import room_on_screen
from reader.ui.one_window import OneWindow, Seat, Wish, wish_of
from reader.ui.screen_readers import tell_roles
from reader.ui.window import messages
from reader.ui.window.main_window import MainWindow
from reader.values import value

if TYPE_CHECKING:
    from reader.text.address import Address
    from reader.ui.listening.sound import Sound

_FIRST_FRAME_PATIENCE_S = 0.15
"""How long the first frame waits for its text, so that no empty window flashes by before it."""

_SETTLED_AFTER_MS = 4000
"""After the voice was brought: by then nearly all that the window ever needs has been imported."""

_MIDDLE_COLLECTIONS = 100
"""Before Python collects everything, usually 10: with a book's sections that takes 30 ms."""

_IDLE_THREADS = 4
"""As many as a jump into a long book needs at once."""

_HANDED_OVER_WITHIN_S = 0.0005
"""How long a thread may keep the interpreter when the window's thread wants it, which it does many
times a frame: with Python's usual 5 ms frames took 100 ms and more while a book was read."""

_REMOTE_AFTER_MS = 400
"""How long after the voice has come the desktop's media controls may learn of it."""

_ICON_AFTER_MS = 300
"""How long after the first text the window gets its icon."""

_HEARS_AFTER_MS = 150
"""How long after the first text it listens for programs started beside it."""

_HEARS_AT_LATEST_MS = 2_000
"""After its own start, though a long text is still being read: others wait 5 s for it to listen."""

_NO_DISPLAY = (
    "There is no display to open a window on. Start it from a desktop, or set DISPLAY or "
    "WAYLAND_DISPLAY. Without a window: sottovoce speak FILE -o OUT.wav"
)


def run_window(options: argparse.Namespace, services: Services) -> int:
    """Open the window and stay until it is closed; return the exit code. Closes the services.

    `options` holds file, play and screenshot as `parse_arguments` gives them.
    """
    if not _has_display():
        if isinstance(options.file, Path) and not options.file.exists():
            return _fail(sentence_for(TextMissing(options.file)), TextMissing.exit_code)
        return _fail(_NO_DISPLAY, 4)
    application = _application()
    try:
        if options.screenshot is not None:
            start = _start_at(services, options.file)
            if start.page:
                return _fail(sentence_for(WebAddressNotAllowed(start.page)), 2)
            if start.problem is not None:
                return _fail(sentence_for(start.problem), start.problem.exit_code)
            return _take_picture(application, services, start, options.screenshot)
        one = OneWindow(services.paths)
        seat = one.take_seat(wish_of(options.file, plays=options.play), _hand_over)
        if seat is Seat.HANDED_OVER:
            services.trace.record("handed_over")
            return 0
        start = _start_at(services, options.file)
        return _run(application, services, start, one, seat, plays_at_once=options.play)
    finally:
        services.close()


def _hand_over(address_file: Path, wish: Wish) -> bool | None:
    from reader.ui.other_starts import hand_over  # sockets: most starts need none

    return hand_over(address_file, wish)


@value
class _Start:
    """The text to begin with, and what in it; `problem` is why an address can't be followed.

    `page` is the address of a web page that is to be asked about.
    """

    path: Path
    page: str = ""
    address: Address | None = None
    problem: SottovoceError | None = None


def _start_at(services: Services, wanted: Path | Address | str | None) -> _Start:
    if isinstance(wanted, str):
        return _Start(services.texts.to_begin_with(), page=wanted)
    if wanted is None or isinstance(wanted, Path):
        return _Start(wanted or services.texts.to_begin_with())
    try:
        return _Start(services.texts.at(wanted), address=wanted)
    except SottovoceError as error:
        return _Start(services.texts.to_begin_with(), problem=error)


def _application() -> QApplication:
    QApplication.setDesktopFileName("org.sottovoce.Sottovoce")
    # the one style that takes every colour from our palette; set later it would be the second
    application = QApplication(["sottovoce", "-style", "Fusion"])
    application.setApplicationName("sottovoce")
    application.setApplicationDisplayName("Sottovoce")
    application.setApplicationVersion(__version__)
    return application


def _run(
    application: QApplication,
    services: Services,
    start: _Start,
    one: OneWindow,
    seat: Seat,
    *,
    plays_at_once: bool,
) -> int:
    sys.setswitchinterval(_HANDED_OVER_WITHIN_S)
    THREADS.keep(_IDLE_THREADS)
    tell_roles()
    desk = ReadingDesk(services, _open_sound)
    last_crash = services.crash_log.take_last()
    services.crash_log.start()
    window = desk.window
    if services.session.geometry:
        window.restoreGeometry(QByteArray(services.session.geometry))
    _fit_on_screen(window)
    _trace(application, desk, services.trace)
    _settle_memory_soon(desk)
    # done after the event loop, not at aboutToQuit: PySide 6.11 crashed in it, one time in four
    ends: list[Callable[[], None]] = []
    _hear_soon_of_others(application, one, desk, ends)
    _open_remote_soon(desk, ends)
    _show_icon_soon(application, desk)
    desk.begin(start.path, plays_at_once=plays_at_once).wait(_FIRST_FRAME_PATIENCE_S)
    window.show()
    if application.platformName().startswith("wayland"):
        QTimer.singleShot(0, window, lambda: _follow_text_size(window))
    if start.address is not None:
        desk.arrive_at(start.address, start.path)
    if start.page:
        desk.open_web_page(start.page)
    if start.problem is not None:
        desk.say(messages.about_address(start.problem))
    if last_crash is not None:
        desk.say(messages.about_crash(last_crash))
    if seat is Seat.BESIDE:
        desk.say(messages.BESIDE_ANOTHER)
    with _closing_on_signals(window):
        code = application.exec()
    for end in ends:
        end()
    Session(bytes(window.saveGeometry().data()), window.isMaximized()).save(services.paths.session)
    desk.close()
    one.leave()  # last: whoever takes the seat finds everything kept
    services.crash_log.close()
    return code


def _fit_on_screen(window: QWidget) -> None:
    """Make a window no larger than its screen: it may have been left on a larger one."""
    room = room_on_screen(window)
    size = window.size().boundedTo(room)
    if size != window.size() and not (window.isMaximized() or window.isFullScreen()):
        window.resize(size)
        window.move(window.screen().availableGeometry().topLeft())


def _follow_text_size(window: MainWindow) -> None:
    """Show everything as much larger as the desktop has texts: Qt does it itself but on Wayland."""
    from PySide6.QtDBus import QDBusConnection

    from reader.ui.look.desktop_text_size import DesktopTextSize

    size = DesktopTextSize(QDBusConnection.sessionBus(), window)
    size.told.connect(window.theme.set_desktop_scale)


def _take_picture(
    application: QApplication, services: Services, start: _Start, picture: Path
) -> int:
    from reader.ui.screenshot import take_screenshot

    desk = ReadingDesk(services, _open_sound)
    try:
        return take_screenshot(application, desk, start.path, start.address, picture)
    except SottovoceError as error:
        return _fail(sentence_for(error), error.exit_code)
    finally:
        desk.close()


def _open_sound(services: Services) -> Sound:
    from reader.ui.listening.sound import open_sound

    return open_sound(services)


def _open_remote_soon(desk: ReadingDesk, ends: list[Callable[[], None]]) -> None:
    """Show up among the desktop's media controls once there is a voice."""

    def open_remote() -> None:
        from reader.ui.listening.desktop.media_remote import MediaRemote

        if desk.aloud is not None:
            ends.append(MediaRemote(desk.aloud, desk.window).close)

    soon = QTimer(desk, singleShot=True, interval=_REMOTE_AFTER_MS)
    soon.timeout.connect(open_remote)
    desk.voice_brought.connect(soon.start)


def _show_icon_soon(application: QApplication, desk: ReadingDesk) -> None:
    """Show the window's icon in lists of windows, once the text stands: it takes a few ms."""

    def show_icon() -> None:
        from PySide6.QtGui import QIcon

        from resources import resource

        application.setWindowIcon(QIcon(str(resource("icons", "sottovoce.svg"))))

    soon = QTimer(desk, singleShot=True, interval=_ICON_AFTER_MS)
    soon.timeout.connect(show_icon)
    desk.text_painted.connect(soon.start)


def _hear_soon_of_others(
    application: QApplication, one: OneWindow, desk: ReadingDesk, ends: list[Callable[[], None]]
) -> None:
    """Hear of programs started beside this one, once there is a text or it is long in coming."""

    def hear() -> None:
        from reader.ui.other_starts import OtherStarts

        at_latest.stop()
        soon.timeout.disconnect(hear)
        others = OtherStarts(one, desk)
        others.wished.connect(desk.receive)
        application.lastWindowClosed.connect(others.close)  # nothing would be opened any more
        ends.append(others.close)

    soon = QTimer(desk, singleShot=True, interval=_HEARS_AFTER_MS)
    at_latest = QTimer(desk, singleShot=True, interval=_HEARS_AT_LATEST_MS)
    for timer in (soon, at_latest):
        timer.timeout.connect(hear)
    desk.text_painted.connect(soon.start)
    desk.text_failed.connect(lambda _error: soon.start())
    at_latest.start()


def _trace(application: QApplication, desk: ReadingDesk, trace: Trace) -> None:
    desk.text_painted.connect(lambda: trace.record("painted"))
    desk.window.view.section_painted.connect(
        lambda number: trace.record("section_painted", section=number)
    )
    if trace.is_on:
        from reader.ui.event_loop_probe import EventLoopProbe

        probe = EventLoopProbe(trace, application)
        application.aboutToQuit.connect(probe.close)


def _settle_memory_soon(desk: ReadingDesk) -> None:
    soon = QTimer(desk, singleShot=True, interval=0)
    soon.timeout.connect(_settle_memory)
    desk.text_painted.connect(soon.start)
    desk.text_failed.connect(lambda _error: soon.start())
    later = QTimer(desk, singleShot=True, interval=_SETTLED_AFTER_MS)
    later.timeout.connect(_settle_again)
    desk.voice_brought.connect(later.start)


def _settle_memory() -> None:
    """Collect from now on, but never again what the start has built: that alone takes 26 ms.

    Once only: what is frozen later would be kept even when it is rubbish, such as a text left.
    """
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


def _settle_again() -> None:
    """Never collect either what came after the first frame: a collection took 20 ms of a jump."""
    gc.collect(1)  # what is garbage by now would stay, too
    gc.freeze()
    young, middle, _ = gc.get_threshold()
    gc.set_threshold(young, middle, _MIDDLE_COLLECTIONS)


@contextmanager
def _closing_on_signals(window: MainWindow) -> Iterator[None]:
    """Close the window on Ctrl+C and SIGTERM, so that place and notes are kept.

    Qt waits outside Python, where no signal handler runs; a byte in a pipe wakes it.
    """
    if os.name != "posix":
        yield
        return
    woken, waking = os.pipe()
    os.set_blocking(waking, False)
    os.set_blocking(woken, False)
    notifier = QSocketNotifier(woken, QSocketNotifier.Type.Read, window)
    notifier.activated.connect(lambda: os.read(woken, 64) and None)
    before = {
        number: signal.signal(number, _closer_of(window))
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    }
    old_fd = signal.set_wakeup_fd(waking)
    try:
        yield
    finally:
        signal.set_wakeup_fd(old_fd)
        for number, handler in before.items():
            signal.signal(number, handler)
        notifier.setEnabled(False)
        os.close(woken)
        os.close(waking)


def _closer_of(window: MainWindow) -> Callable[[int, object], None]:
    return lambda _number, _frame: QTimer.singleShot(0, window, window.leave)


def _has_display() -> bool:
    """Whether Qt will find a display; it ends the program without a word of ours if it doesn't."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM") not in (
        None,
        "",
        "xcb",
        "wayland",
    ):
        return True
    return bool(os.environ.get("WAYLAND_DISPLAY")) or _has_x_server()


def _has_x_server() -> bool:
    """Whether an X server answers at DISPLAY: about a millisecond, and Qt loads libxcb anyway."""
    if not os.environ.get("DISPLAY"):
        return False
    import ctypes

    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # Qt will say which library is missing
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    has_failed = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not has_failed


def _fail(sentence: str, code: int) -> int:
    print(f"sottovoce: {sentence}", file=sys.stderr)
    return code
