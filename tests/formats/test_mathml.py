"""Formulas become lines of text that can be read."""

from __future__ import annotations

import pytest
from lxml import etree

from reader.formats.mathml import spoken_form

NAMESPACE = 'xmlns="http://www.w3.org/1998/Math/MathML"'


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        pytest.param("<mi>a</mi><mo>+</mo><mi>b</mi>", "a + b", id="a sum"),
        pytest.param("<mn>2</mn><mo>&#x2062;</mo><mi>x</mi>", "2x", id="times that isn't seen"),
        pytest.param("<mfrac><mn>1</mn><mn>2</mn></mfrac>", "1/2", id="a fraction"),
        pytest.param(
            "<mfrac><mrow><mi>a</mi><mo>-</mo><mi>b</mi></mrow><mn>2</mn></mfrac>",
            "(a − b)/2",
            id="a fraction of a difference",
        ),
        pytest.param("<msup><mi>x</mi><mn>10</mn></msup>", "x¹⁰", id="a power"),
        pytest.param("<msup><mi>e</mi><mi>kt</mi></msup>", "e^kt", id="a power of letters"),
        pytest.param("<msup><mi>f</mi><mo>′</mo></msup>", "f′", id="a prime"),
        pytest.param("<msub><mi>x</mi><mn>1</mn></msub>", "x₁", id="an index"),
        pytest.param("<msub><mi>x</mi><mi>max</mi></msub>", "x_max", id="an index of letters"),
        pytest.param("<msqrt><mn>2</mn></msqrt>", "√2", id="a root"),
        pytest.param("<msqrt><mi>a</mi><mo>+</mo><mn>1</mn></msqrt>", "√(a + 1)", id="of a sum"),
        pytest.param("<mroot><mi>x</mi><mn>3</mn></mroot>", "³√x", id="a cube root"),
        pytest.param(
            "<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi>"
            "</munderover><mi>i</mi>",
            "∑_(i = 1)ⁿi",
            id="a sum with its bounds",
        ),
        pytest.param("<mfenced><mi>a</mi><mi>b</mi></mfenced>", "(a, b)", id="fences"),
        pytest.param(
            "<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>0</mn></mtd></mtr><mtr><mtd><mn>0</mn>"
            "</mtd><mtd><mn>1</mn></mtd></mtr></mtable>",
            "1, 0; 0, 1",
            id="a matrix",
        ),
        pytest.param(
            "<semantics><mi>x</mi><annotation encoding='TeX'>\\x</annotation></semantics>",
            "x",
            id="annotations are not drawn",
        ),
        pytest.param("<mtext> if  so</mtext>", "if so", id="words"),
        pytest.param("", "", id="nothing"),
        pytest.param("<mrow>" * 100 + "<mi>x</mi>" + "</mrow>" * 100, "", id="too deep"),
    ],
)
def test_a_formula_becomes_a_line(markup: str, expected: str) -> None:
    assert spoken_form(etree.fromstring(f"<math {NAMESPACE}>{markup}</math>")) == expected


def test_what_the_author_says_comes_first() -> None:
    math = etree.fromstring(f'<math {NAMESPACE} alttext="a over\n b"><mi>a</mi></math>')
    assert spoken_form(math) == "a over b"
