from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tutor.decks.maths import typeset


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        (r"\eta", "η"),
        (r"\lambda_{\max}", "λₘₐₓ"),
        (r"\lambda_\max", "λₘₐₓ"),
        (r"10^{-3}", "10⁻³"),
        (r"0.01", "0.01"),
        (r"\frac{a}{b}", "a/b"),
        (r"\frac12", "1/2"),
        (r"\frac{2}{L+\mu}", "2/(L+μ)"),
        (r"\frac{1}{2L}", "1/(2L)"),
        (r"\frac{2}{\lambda_{\max}}", "2/λₘₐₓ"),
        (r"\frac{\kappa - 1}{\kappa + 1}", "(κ − 1)/(κ + 1)"),
        (r"\frac{\partial f}{\partial x}", "∂f/(∂x)"),
        (r"\left(\frac{\sqrt{\kappa}-1}{\sqrt{\kappa}+1}\right)^2", "((√κ−1)/(√κ+1))²"),
        (r"\sqrt{1 - \beta^2}", "√(1 − β²)"),
        (r"\eta \cdot L \le 2", "η · L ≤ 2"),
        (r"\nabla f(x_k)", "∇f(xₖ)"),
        (r"\|x\|_2^2", "‖x‖₂²"),
        (r"\lVert g \rVert", "‖ g ‖"),
        (r"x_{k+1} = x_k - \eta\nabla f(x_k)", "xₖ₊₁ = xₖ − η∇f(xₖ)"),
        (r"x^*", "x*"),
        (r"f'(x)", "f′(x)"),
        (r"w^\top x", "wᵀ x"),
        (r"\hat{\theta}_t", "θ̂ₜ"),
        (r"\mathbb{R}^d", "ℝᵈ"),
        (r"\mathbb{E}[x]", "E[x]"),
        (r"\mathrm{loss}", "loss"),
        (r"\log\lambda \log x", "log λ log x"),
        (r"\arg\min_x f", "arg minₓ f"),
        (r"\left\| x \right\|", "‖ x ‖"),
        (r"\{a\} 50\% \$5", "{a} 50% $5"),
        (r"a\,b~c\quad d", "a b c d"),
        (r"\langle a, b \rangle", "⟨ a, b ⟩"),
        (r"x_{i,j}", "x_(i,j)"),
        (r"e^{-\lambda t}", "e^(−λ t)"),
        (r"x_Q", "x_Q"),
        (r"\foo", r"\foo"),
        (r"\foo{x_1}", r"\foo{x₁}"),
        (r"\inside", r"\inside"),  # not \in and side
        (r"{x", "x"),
        (r"x}y", "xy"),
        (r"\frac", "/"),
        (r"x^", "x"),
    ],
)
def test_formulas(formula: str, shown: str) -> None:
    assert typeset(f"${formula}$") == shown
    assert typeset(f"so ${formula}$, and $${formula}$$") == f"so {shown}, and {shown}"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("from $5 and $6 to $7", "from $5 and $6 to $7"),
        ("$5, $6 or $x$.", "$5, $6 or x."),
        (r"\$5 for $x$, \$6 for $y$", "$5 for x, $6 for y"),
        ("a lone $ sign", "a lone $ sign"),
        ("$ x $ and $x$5", "$ x $ and $x$5"),
        (r"\alpha outside", r"\alpha outside"),
        ("diverging outright .", "diverging outright."),
        ("outright . Too large", "outright. Too large"),
        ("$x$ .", "x."),
        ("a .5 step, wait ...", "a .5 step, wait ..."),
        ("", ""),
    ],
)
def test_texts(text: str, shown: str) -> None:
    assert typeset(text) == shown


TEX = st.lists(
    st.sampled_from(
        [
            *r"$$$$\{}^_ .5xL+-'|~",
            r"\frac",
            r"\sqrt",
            r"\eta",
            r"\max",
            r"\hat",
            r"\mathbb",
            r"\foo",
            r"\left",
            r"\\",
            r"\$",
        ]
    )
).map("".join)


@given(TEX | st.text())
@example("$" + "{" * 5000 + "$")
@example("$" + "^" * 5000 + "$")
@example("$" + r"\frac" * 5000 + "$")
def test_typeset_never_fails_and_adds_no_control_character(text: str) -> None:
    shown = typeset(text)
    assert {c for c in shown if unicodedata.category(c)[0] == "C"} <= set(text)
    assert {c for c in shown if unicodedata.east_asian_width(c) in "WF"} <= set(text)


@given(TEX)
def test_without_dollars_only_the_stop_moves(text: str) -> None:
    text = text.replace("$", "")
    assert typeset(text).replace(" ", "") == text.replace(" ", "")


def test_long_texts_take_no_long_time() -> None:
    for hostile in ["$", "$a ", "$a$", r"\$", "$\\", " ", " .", "{", "$x^", r"$\frac{", "$$"]:
        typeset(hostile * (50_000 // len(hostile)))  # quadratic time would be minutes
