"""Web and mail addresses, domain and file names, as they are said instead of spelled."""

from __future__ import annotations

import re
from collections.abc import Mapping

from reader.speech.verbalise.words import SpokenWord

_TOP_LEVEL = (
    "com|org|net|edu|gov|mil|int|info|biz|io|ai|app|dev|me|tv|co|uk|us|ca|au|nz|ie|eu|de|fr|es|it|nl|be|ch|at|se|"
    "no|dk|fi|pl|cz|pt|gr|ru|ua|jp|cn|in|br|mx|ar|za|kr|tr|il|blog|news|online|site|tech|museum|name|xyz"
)
_SUFFIXES = (
    "txt|pdf|html?|epub|docx?|xlsx?|pptx?|csv|json|jsonld|xml|ya?ml|toml|md|py|js|ts|c|h|cpp|rs|go|java|rb|sh|exe|"
    "zip|tar|gz|png|jpe?g|gif|svg|mp3|mp4|wav|odt|rtf|ini|cfg|log|css|sql|tex"
)
_LABEL = r"[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?"
MAIL = re.compile(rf"(?:mailto:)?([\w.+%-]+@{_LABEL}(?:\.{_LABEL})*\.[a-zA-Z]{{2,}})(?!\w)")
LINK = re.compile(
    r"(?:(?:https?|ftp)://|www\.)(?:[^\s<>\"“”«»(){}\[\]]|\([^\s<>\"“”()]*\))*[^\s<>\"“”«»(){}\[\].,;:!?'’…*_](?:_(?=\())?"
    r"(?:\([^\s()]*\)[^\s<>\"“”(){}\[\].,;:!?'’]*)*"
)
DOMAIN = re.compile(
    rf"(?:{_LABEL}\.)+(?:{_TOP_LEVEL})(?![\w@-]|\.\w)(?:/[^\s<>\"“”()\[\]]*[^\s<>\"“”()\[\].,;:!?'’])?"
)
FILE = re.compile(rf"(?![^\W\d_]\.[a-z](?!\w))[\w-]+(?:\.[\w-]+)*\.(?:{_SUFFIXES})(?!\w)")
_PATH_LEAD = re.compile(r"(?:^|(?<=[\s\"'“‘(`=]))(?:~/|\.{1,2}/|/)\.?$")
_PATH = re.compile(r"[\w+@-]+(?:[./][\w+@.-]*[\w+@-])*/?")
_WINDOWS_PATH = re.compile(r"[A-Za-z]:(?:\\[\w.+-]*[\w+-])+\\?")
_HOST = re.compile(r"(?:\w+://)?(?:[^/@\s]*@)?([^/:?#\s]+)")
_PART = re.compile(r"[^\W\d_]+|\d+|[._@+~:/\\-]")


def say_address(
    text: str, position: int, end: int, signs: Mapping[str, str], link: str
) -> SpokenWord | None:
    """Return what is said for the address that starts at `position`, None if there is none.

    `signs` names . @ _ - + ~ : / \\ in the language; `link` is said before a web address.
    """
    if path := _path(text, position, end):
        start, stop = path
        return SpokenWord(_spelled(text[start:stop], signs), start, stop)
    if match := MAIL.match(text, position, end):
        return SpokenWord(_spelled(match[1], signs), position, match.end())
    if match := LINK.match(text, position, end):
        host = _HOST.match(match.group())
        name = host[1].removeprefix("www.") if host else ""
        return SpokenWord(f"{link} {_spelled(name, signs)}".strip(), position, match.end())
    if match := DOMAIN.match(text, position, end):
        if "/" not in match.group() and not _looks_like_domain(match.group()):
            return None
        name = match.group().partition("/")[0].removeprefix("www.")
        return SpokenWord(_spelled(name, signs), position, match.end())
    if match := FILE.match(text, position, end):
        return SpokenWord(_spelled(match.group(), signs), position, match.end())
    return None


def _path(text: str, position: int, end: int) -> tuple[int, int] | None:
    """Return where the path of a file or folder begins and ends whose first word starts here."""
    if match := _WINDOWS_PATH.match(text, position, end):
        return match.span()
    if text[position - 1 : position] not in ("/", "."):
        return None
    lead = _PATH_LEAD.search(text[max(0, position - 4) : position])
    rest = _PATH.match(text, position, end)
    return (position - len(lead[0]), rest.end()) if lead and rest else None


def _looks_like_domain(name: str) -> bool:
    # "cheapness.It" is a missing space; a domain's last label is written small, its first is a name
    last = name.rpartition(".")[2]
    return last.islower() and not re.fullmatch(r"[a-zA-Z](\.[a-z])+", name)


def _spelled(name: str, signs: Mapping[str, str]) -> str:
    """Return "example.org.uk" as "example dot org dot U.K"."""
    said: list[str] = []
    parts = _PART.findall(name)
    for number, part in enumerate(parts):
        if part in signs or not part[0].isalnum():
            said.append(signs.get(part, ""))
        elif len(part) == 2 and part.isalpha() and number == len(parts) - 1 and number:
            said.append(".".join(part.upper()))
        else:
            said.append(part)
    return " ".join(" ".join(said).split())
