r"""TeX source of bibliographies into plain text: what is no mathematics loses its commands and braces.

BibTeX writes a title as TeX does: ``The {\em {BERT}} model---{\textbf{why}}~it works``. Read are letters
(`generator.text.tex`), signs by name (``\textendash``), quotes and dashes (` ``a'' `, ``--``), ties (``~``), and
commands that change how their argument looks (``\emph{x}`` is x); braces are dropped. Mathematics stays as it is. So
does every command that is not known here, with the braces of its arguments: what it would show cannot be told.

Abstracts are prose with some TeX in it (`shown`): there braces, dashes and ties may be something else, and stay, but
for the groups of known commands; signs of mathematics outside of dollars are signs.

Sources: *The TeXbook*, chapters 2 and 9; *LaTeX 2e: An unofficial reference manual*, <https://latexref.xyz/>.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from generator.text.linear import sign_of
from generator.text.tags import lowered, raised
from generator.text.tex import formulas, letters

#: Signs that have a command, for text.
_SIGNS = {
    "textendash": "–", "textemdash": "—", "textquoteright": "’", "textquoteleft": "‘", "textquotedblleft": "“",
    "textquotedblright": "”", "textquotesingle": "'", "textquotedbl": '"', "quotedblbase": "„", "glqq": "„",
    "grqq": "“", "guillemotleft": "«", "guillemotright": "»", "textasciitilde": "~", "textasciicircum": "^",
    "textasciigrave": "`", "textasciiacute": "´", "textunderscore": "_", "textbar": "|", "textless": "<",
    "textgreater": ">", "textregistered": "®", "texttrademark": "™", "textcopyright": "©", "copyright": "©",
    "textdegree": "°", "textmu": "µ", "textperiodcentered": "·", "textbullet": "•", "textellipsis": "…", "ldots": "…",
    "dots": "…", "textminus": "−", "texttimes": "×", "textpm": "±", "textrightarrow": "→", "textonehalf": "½",
    "textsection": "§", "S": "§", "textparagraph": "¶", "P": "¶", "pounds": "£", "textsterling": "£", "texteuro": "€",
    "euro": "€", "textordfeminine": "ª", "textordmasculine": "º", "cprime": "ʹ", "slash": "/", "LaTeX": "LaTeX",
    "LaTeXe": "LaTeX2e", "TeX": "TeX", "BibTeX": "BibTeX", "quad": " ", "qquad": " ", "space": " ", "newline": " ",
    "par": "\n\n", "protect": "", "relax": "", "break": "", "newblock": "", "noindent": "", "sloppy": "",
}  # fmt: skip
#: Signs after which white space stands for itself, whatever TeX says: they end words.
_WORDS = frozenset({"LaTeX", "LaTeXe", "TeX", "BibTeX", "ldots", "dots", "textellipsis"})
#: Commands whose argument is what they show.
_SHOWN = frozenset(
    {
        *("emph", "textbf", "textit", "textsl", "textsc", "texttt", "textsf", "textrm", "textnormal"),
        *("textup", "textmd", "underline", "uline", "mbox", "hbox", "text", "url", "path", "nolinkurl"),
        *("natexlab", "bibnamefont", "bibfnamefont", "citenamefont", "MakeUppercase", "MakeLowercase"),
        *("uppercase", "lowercase"),
    }
)
#: Commands that change the font of what follows.
_SWITCHES = frozenset(
    {
        *("em", "it", "bf", "sc", "tt", "rm", "sl", "sf", "itshape", "slshape", "bfseries", "mdseries"),
        *("scshape", "upshape", "ttfamily", "rmfamily", "sffamily", "normalfont", "small", "large"),
        *("normalsize", "footnotesize", "tiny"),
    }
)
#: Commands whose first argument is not shown, and the second is: colours, languages, addresses.
_SECOND = frozenset({"href", "textcolor", "foreignlanguage", "bibinfo", "bibfield"})
#: Commands whose only argument is for sorting.
_HIDDEN = frozenset({"noopsort", "SortNoop", "noop", "sortnoop"})
_ESCAPES = {"{": "{", "}": "}", "-": "", "/": "", "@": "", "!": ""} | dict.fromkeys("\\,;: \n\t", " ")
_LIGATURES = {"---": "—", "--": "–", "``": "“", "''": "”", "~": " "}
_TOKEN = re.compile(
    r"(?P<url>https?://[^\s{}\\]+)|\\(?P<command>[A-Za-z]+)\*?|\\(?P<escape>.)|(?P<brace>[{}])"
    r"|(?P<ligature>-{2,3}|``|''|~)",
    re.DOTALL,
)
_SPACE = re.compile(r"[ \t]*\n?[ \t]*")
_MARKED = re.compile(r"[\\{}~]|--|``|''")


#: What stands in the place of a group's braces.
_OPENING = {"kept": "{", "math": "$", "quoted": "“", "cited": "[", "noted": " ("}
_CLOSING = {"math": "$", "quoted": "”", "cited": "]", "noted": ")"}
#: Commands of prose whose argument is shown as an aside.
_CITED = dict.fromkeys(("cite", "citep", "citet", "citealp", "citeyear", "parencite", "ref", "cref"), "cited")
_CITED |= {"footnote": "noted"}


class _Group(NamedTuple):
    """A brace that is open: what becomes of its content, and where in the output that begins."""

    kind: str
    start: int


def plain(text: str) -> str:
    r"""The text that TeX would show, mathematics as it is written; not cleaned.

    >>> plain(r"The {\em {BERT}} model---\textbf{why}~it ``works'' in $\{x\}$")
    'The BERT model—why it “works” in $\\{x\\}$'
    >>> plain(r"\foo{{X}} and 10\textsuperscript{-6}")
    '\\foo{X} and 10⁻⁶'
    """
    if not _MARKED.search(text):
        return text
    return _written(text, _Writer())


def shown(text: str) -> str:
    r"""Prose with the commands in it that are known as what they show; all else as it is. See `generator.text.prose`.

    >>> shown(r"{\em Why} \emph{it} works in O(\sqrt{n}\log n) \cite{a,b}, for {x} and 1--2, \$5")
    'Why it works in O(\\sqrt{n}log n) [a,b], for {x} and 1--2, \\$5'
    """
    return _written(text, _Writer(prose=True)) if "\\" in text else text


def _written(text: str, writer: _Writer) -> str:
    for formula, part in formulas(letters(text)):
        if formula:
            writer.write(part)
        else:
            writer.read(part)
    return writer.finish()


class _Writer:
    """Reads TeX outside of mathematics, part by part: groups may hold formulas, and so span parts."""

    def __init__(self, *, prose: bool = False) -> None:
        self._prose = prose
        self._out: list[str] = []
        self._groups: list[_Group] = []
        self._next: list[str] = []  # what becomes of the groups that follow at once, in order

    def write(self, text: str) -> None:
        """Add text that stands for itself."""
        if text:
            self._out.append(text)
            if not text.isspace():
                self._next = []

    def read(self, text: str) -> None:
        """Add TeX."""
        place = 0
        while match := _TOKEN.search(text, place):
            self.write(text[place : match.start()])
            place = match.end()
            if command := match["command"]:
                place = self._command(command, match[0], text, place)
            elif match["brace"]:
                self._brace(match[0], text, place)
            elif match["escape"] is not None:
                self.write(_ESCAPES.get(match["escape"], match[0]))
            else:
                self.write(match[0] if self._prose else _LIGATURES.get(match[0], match[0]))
        self.write(text[place:])

    def _command(self, name: str, written: str, text: str, place: int) -> int:
        """Read a command; where the text goes on."""
        after = _SPACE.match(text, place)
        end = after.end() if after else place
        sign = _SIGNS.get(name)
        if sign is not None:
            if text.startswith("{}", place):
                end = place + 2
            self.write(sign)
            return place if name in _WORDS and not text.startswith("{}", place) else end
        if name in _SWITCHES:
            return end
        kinds = _kinds(name)
        if self._prose and name in _CITED:
            kinds = [_CITED[name]]
        if kinds and text.startswith("{", end):
            self._next = kinds
            return end
        if self._prose and (sign := sign_of(name)):
            self.write(sign)
            return place
        self.write(written)
        self._next = ["kept"]
        return place

    def _brace(self, brace: str, text: str, place: int) -> None:
        if brace == "{":
            script = bool(self._out) and self._out[-1].endswith(("_", "^"))  # a formula without its dollars
            kept = script or (self._prose and not text.startswith("\\", place))
            kind = self._next.pop(0) if self._next else "kept" if kept else "dropped"
            self._groups.append(_Group(kind, len(self._out)))
            rest, self._next = self._next, []
            if kind == "hidden" and rest:
                self._groups[-1] = _Group(f"hidden {rest[0]}", len(self._out))
            self._out.append(_OPENING.get(kind, ""))
            return
        if not self._groups:
            return
        kind, start = self._groups.pop()
        self._next = []
        if kind.startswith("hidden"):
            del self._out[start:]
            self._next = kind.split()[1:]
        elif kind in {"super", "sub"}:
            self._out[start:] = [(raised if kind == "super" else lowered)("".join(self._out[start:]))]
        elif kind == "kept":
            self._out.append("}")
            self._next = ["kept"]
        else:
            self._out.append(_CLOSING.get(kind, ""))

    def finish(self) -> str:
        """All that was written. Of a group that is not closed the content stands."""
        for kind, start in self._groups:
            if kind == "math":
                self._out[start] = ""
        return "".join(self._out)


def _kinds(command: str) -> list[str]:
    """What becomes of the arguments of a command; empty for one that is not known."""
    if command in _SHOWN:
        return ["dropped"]
    if command in _SECOND:
        return ["hidden", "dropped"]
    if command in _HIDDEN:
        return ["hidden"]
    kinds = {"ensuremath": "math", "enquote": "quoted", "textsuperscript": "super", "textsubscript": "sub"}
    return [kinds[command]] if command in kinds else []
