"""Plain text into Markdown that shows exactly that text, and back.

The escapes hold for Python-Markdown with any of the extensions that sites commonly enable, and for CommonMark.
Python-Markdown knows backslash escapes only for some characters (`Markdown.ESCAPED_CHARS`), so all others, and
those that extensions read before escapes are resolved, are written as character references.
"""

from __future__ import annotations

import html
import re
from html.entities import html5

_BACKSLASHED = "\\*_{}[]#"
_REFERENCES = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    "`": "&#96;",
    "|": "&#124;",
    "~": "&#126;",
    "^": "&#94;",
}
#: In this order one can be replaced after the other: none brings a character that a later one replaces.
_ANYWHERE = {**{char: "\\" + char for char in _BACKSLASHED}, **_REFERENCES}

#: What starts a block at the start of a line: lists, rules, setext underlines, admonitions, definitions, blocks.
_LINE_STARTS = "-+!=?:/"
_LINE_START = re.compile(rf"^([{_LINE_STARTS}])", re.MULTILINE)
_ORDERED = re.compile(r"^(\d+)([.)])(?=\s|$)", re.MULTILINE)
#: Emoji short codes, marks and insertions of pymdownx.
_SHORT_CODE = re.compile(r":(?=[\w+-]+:)")
#: The end of a label in a link reference definition, which the backslash does not hide.
_REFERENCE = re.compile(r"\\\](?=:)")
_DOUBLES = "=+"
_DOUBLED = re.compile(rf"([{_DOUBLES}])(?=\1)")
#: A text without any of these, a letter first, shows as it is.
_TELLING = "".join((*_ANYWHERE, ":", *_DOUBLES, "\n")).encode()

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])|&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def escape_markdown(text: str) -> str:
    r"""Give Markdown that reads as `text`, nothing of it markup. `text` is clean (see `generator.text.clean`).

    >>> print(escape_markdown("[x](javascript:alert(1)) <b> {{ a_b }}"))
    \[x\](javascript:alert(1)) &lt;b&gt; \{\{ a\_b \}\}
    """
    # Most texts are names and titles: bytes tell soonest that there is nothing to do.
    data = text.encode("utf-8", "surrogatepass")
    if text[:1].isalpha() and len(data.translate(None, _TELLING)) == len(data):
        return text
    escaped = text
    for char, reference in _ANYWHERE.items():
        if char in escaped:
            escaped = escaped.replace(char, reference)
    if escaped.count(":") > 1:
        escaped = _SHORT_CODE.sub("&#58;", escaped)
    if "]:" in escaped:
        escaped = _REFERENCE.sub("&#93;", escaped)
    if "==" in escaped or "++" in escaped:
        escaped = _DOUBLED.sub(_reference, escaped)
    lines = "\n" in escaped
    if lines or escaped[:1] in _LINE_STARTS:
        escaped = _LINE_START.sub(_reference, escaped)
    if lines or escaped[:1].isdecimal():
        escaped = _ORDERED.sub(lambda match: f"{match[1]}&#{ord(match[2])};", escaped)
    return escaped


def _reference(match: re.Match[str]) -> str:
    return f"&#{ord(match[1])};"


def unescape_markdown(text: str) -> str:
    """Undo `escape_markdown`; in hand-written Markdown, resolve backslash escapes and character references.

    Other markup stays as it is written.
    """
    if "\\" not in text and "&" not in text:
        return text
    return _ESCAPED.sub(lambda match: match[1] or _character(match[0]), text)


def _character(reference: str) -> str:
    """What a reference stands for; itself if it is none (`html.unescape` would read ``&nothing;`` as ``¬hing;``)."""
    known = reference[1] == "#" or reference[1:] in html5
    return html.unescape(reference) if known else reference


#: What `safe_markdown` keeps as markup: links to the web, strong and emphasised text, bullets.
_KEPT = re.compile(
    r"\[(?P<label>[^\[\]\n]+)\]\((?P<url>https?://[^\s()<>\\]+)\)"
    r"|(?P<mark>\*\*|\*)(?P<marked>[^\s*](?:[^*\n]*[^\s*])?)(?P=mark)"
    r"|(?P<bullet>^[-*] )",
    re.MULTILINE,
)


def safe_markdown(text: str) -> str:
    """Markdown that a person wrote, reduced to what cannot do harm: paragraphs, bullets, emphasis, web links.

    Everything else (HTML, other link schemes, attribute lists, headings) shows as the characters it is made of.
    """
    parts, end = [], 0
    for match in _KEPT.finditer(text):
        parts.append(_plain(text[end : match.start()]))
        end = match.end()
        if match["url"]:
            parts.append(f"[{_plain(match['label'])}](<{match['url'].replace('`', '%60')}>)")
        elif match["marked"]:
            parts.append(f"{match['mark']}{_plain(match['marked'])}{match['mark']}")
        else:
            parts.append("- ")
    return "".join([*parts, _plain(text[end:])])


def _plain(text: str) -> str:
    return escape_markdown(unescape_markdown(text))
