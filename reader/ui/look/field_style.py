"""How fields for a line of text or a number look, wherever one writes."""

from __future__ import annotations

from reader.ui.look.theme import Theme


def field_style_sheet(theme: Theme, *, is_on_card: bool = False) -> str:
    """Return how fields look now. `is_on_card`: in a popover, whose ground is theirs elsewhere."""
    palette, px = theme.palette, theme.px
    ground = palette.paper if is_on_card else palette.card
    return f"""
        QLineEdit, QSpinBox {{
            background: {ground.name()}; color: {palette.ink.name()};
            placeholder-text-color: {palette.soft.name()};
            selection-background-color: {palette.selection.name()};
            selection-color: {palette.ink.name()};
            border: 1px solid {palette.line.name()}; border-radius: {px(8):.0f}px;
            padding: {px(6):.0f}px {px(10):.0f}px;
        }}
        QSpinBox::up-button, QSpinBox::down-button {{ width: 0; border: none; }}
        QSpinBox QLineEdit {{
            border: none; padding: 0 {px(9):.0f}px 0 0; background: transparent;
        }}
        QLineEdit:focus, QSpinBox:focus {{ border-color: {palette.accent.name()}; }}
    """
