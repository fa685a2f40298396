"""The speeds one can choose, how they are shown, and what to expect of them."""

from __future__ import annotations

SLOWEST, FASTEST = 0.5, 4.0
PRESETS = (0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0)


def speed_label(speed: float) -> str:
    """Return a speed as shown: 1.0×, 1.25×."""
    rounded = f"{speed:.2f}"
    return f"{rounded[:-1] if rounded.endswith('0') else rounded}×"


def stepped_speed(speed: float, direction: int) -> float:
    """Return the next speed up (1) or down (-1): by 0.1 up to 2×, by 0.25 above."""
    step = 0.1 if speed + direction * 0.01 < 2.0 else 0.25
    stepped = round(round(speed / step) * step + direction * step, 2)
    return min(max(stepped, SLOWEST), FASTEST)


def words_for_speed(speed: float) -> str:
    """Say honestly what to expect of a speed, as measured by how many words are understood."""
    if speed < 1.0:
        return "Slower than the voice's own pace"
    if speed == 1.0:
        return "The voice's own pace"
    if speed <= 1.5:
        return "As clear as the voice's own pace"
    if speed <= 2.0:
        return "Clear for most"
    if speed <= 2.5:
        return "For practised ears"
    return "Skimming, with the text in view"
