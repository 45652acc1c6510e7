"""What the rules of this folder need to know of a C++ file: its includes, macros, functions and names.

No compiler: a reader of what clang-format has formatted, which counts braces. It looks at the code alone, that is at the text
without comments, literals and lines of the preprocessor.
"""

import re
from dataclasses import dataclass

NOT_CODE = re.compile(
    r'R"(?P<mark>[^(\s]*)\(.*?\)(?P=mark)"'  # a raw literal
    r'|"(?:\\.|[^"\\\n])*"'
    r"|(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])*'"  # not the separator in 3'600
    r"|//[^\n]*|/\*.*?\*/"
    r"|^[ \t]*\#(?:\\\n|[^\n])*",
    re.S | re.M,
)
TYPE = re.compile(r"\b(?:class|struct|union|enum)\b(?:\s+(?:class|struct))?\s*(?:\[\[[^]]*\]\]\s*)?(?P<name>\w*)")
ANONYMOUS = ""


@dataclass(frozen=True)
class Function:
    name: str
    first_line: int
    last_line: int

    @property
    def lines(self):
        return self.last_line - self.first_line + 1


@dataclass(frozen=True)
class Name:
    """A name that a file declares at the level of a namespace."""

    scope: tuple  # the namespaces around it, outermost first
    name: str
    line: int
    is_local: bool  # no other file is to know it: in an anonymous namespace, or static


class Source:
    def __init__(self, path, text):
        self.path, self.text = path, text
        # Both have the length and the lines of the text.
        self.without_comments = NOT_CODE.sub(lambda found: blank(found) if found.group().startswith("/") else found.group(), text)
        self.code = NOT_CODE.sub(blank, text)
        self.functions, self.names = [], []
        self._read_level(0, (), False)

    @property
    def folder(self):
        """The room: "cache", or "" for what lies directly in ext/."""
        return self.path.partition("/")[0] if "/" in self.path else ""

    @property
    def page(self):
        """What a header and its .cc have in common."""
        return self.path.rpartition(".")[0]

    @property
    def lines(self):
        return self.text.count("\n")

    def includes(self):
        """(line, what is included, with its quotes or angle brackets)"""
        return [(number, found.group(1)) for number, found in self._directives(r"include\s*([<\"][^>\"]*[>\"])")]

    def macros(self):
        """(line, name, definition)"""
        return [(number, found.group(1), found.group(2)) for number, found in self._directives(r"define\s+(\w+)((?:\\\n|[^\n])*)")]

    def line_of(self, position):
        return self.text.count("\n", 0, position) + 1

    def _first_line(self, start):
        """The line of the first code from `start` on."""
        return self.line_of(re.compile(r"\S|$").search(self.code, start).start())

    def _directives(self, pattern):
        for found in re.finditer(r"^[ \t]*#[ \t]*" + pattern, self.text, re.M):
            yield self.line_of(found.start()), found

    def _read_level(self, at, scope, in_type):
        """Reads the declarations from `at` to the brace that ends them, and returns the place behind it."""
        start = at
        while at < len(self.code):
            character = self.code[at]
            if character == "}":
                return at + 1
            if character == "(":
                at = self._behind_block(at)
            elif character == "{":
                start = at = self._read_block(start, at, scope, in_type)
            else:
                at += 1
                if character == ";":
                    self._read_declaration(start, at - 1, scope, in_type)
                if character == ";" or self._is_access(start, at):
                    start = at
        return at

    def _is_access(self, start, at):
        return self.code[at - 1] == ":" and re.fullmatch(r"\s*(?:public|private|protected)\s*:", self.code[start:at]) is not None

    def _read_block(self, start, brace, scope, in_type):
        """Reads what begins at `start` and has its first brace at `brace`, and returns the place behind it."""
        head = without_brackets(self.code[start:brace]).rstrip()
        namespace = re.search(r"\bnamespace\s*([\w:]*)$", head)
        if namespace:
            return self._read_level(brace + 1, (*scope, *namespace.group(1).split("::")), False)
        if head.endswith("extern"):  # "C"
            return self._read_level(brace + 1, scope, False)
        if "=" not in head and TYPE.search(head) and not head.endswith(")"):
            self._read_declaration(start, self._behind_block(brace), scope, in_type)
            self._read_level(brace + 1, scope, True)
            return self._behind_semicolon(brace)
        if "=" not in head and "()" in head:
            return self._read_function(start, brace, scope, in_type)
        end = self._behind_semicolon(brace)
        self._read_declaration(start, end, scope, in_type)
        return end

    def _read_function(self, start, brace, scope, in_type):
        end = self._behind_block(brace)
        # Braces of a constructor's initializers come before its body.
        while re.match(r"\s*[,{]", self.code[end:]):
            end = self._behind_block(self.code.index("{", end))
        name = function_name(self.code[start:brace])
        self.functions.append(Function(name, self._first_line(start), self.line_of(end - 1)))
        self._read_declaration(start, brace, scope, in_type)
        return end

    def _behind_block(self, at):
        """The place behind the brace, or parenthesis, that closes the one at `at`."""
        depth, pair = 0, "()" if self.code[at] == "(" else "{}"
        for found in re.compile(f"[{pair}]").finditer(self.code, at):
            depth += 1 if found.group() == pair[0] else -1
            if depth == 0:
                return found.end()
        return len(self.code)

    def _behind_semicolon(self, brace):
        """The place behind the semicolon that follows the block at `brace`, and any blocks after that."""
        found = re.compile("[{;]").search(self.code, self._behind_block(brace))
        if found is None:
            return len(self.code)
        return found.end() if found.group() == ";" else self._behind_semicolon(found.start())

    def _read_declaration(self, start, end, scope, in_type):
        text = self.code[start:end]
        if in_type or not text.strip():
            return
        is_local = ANONYMOUS in scope or re.match(r"\s*(?:template\s*<[^>]*>\s*)?(?:inline\s+)?static\b", text) is not None
        named = tuple(name for name in scope if name != ANONYMOUS)
        for name in declared_names(text):
            self.names.append(Name(named, name, self._first_line(start), is_local))


def blank(found):
    """Spaces in place of what was found."""
    return re.sub(r"[^\n]", " ", found.group())


def without_brackets(text):
    """The text without what stands in (), [] and template <>, so that only the outermost level is left."""
    text = re.sub(r"operator\s*(?:\(\)|[^\s\w(]+)", "operator_ ", text)
    previous = None
    while previous != text:
        previous = text
        text = re.sub(r"\([^()]*\)|\[[^][]*\]|<[^<>()]*>", lambda found: "()" if found.group()[0] == "(" else " ", text.replace("()", "\0"))
        text = text.replace("\0", "()")
    return text


def function_name(head):
    found = re.search(r"([\w:~]+)\s*\(\)", without_brackets(head))
    return found.group(1) if found else ""


def declared_names(text):
    """The names that a declaration gives: a type, an alias, a function or a variable, and the values of a plain enum."""
    bare, brace, body = without_brackets(text).strip().partition("{")
    alias = re.match(r"using\s+(\w+)\s*=", bare)
    if alias:
        return [alias.group(1)]
    concept = re.search(r"\bconcept\s+(\w+)", bare)
    if concept:
        return [concept.group(1)]
    if re.match(r"(?:using|static_assert|friend|extern|template\s+struct)\b", bare):
        return []
    kind = TYPE.search(bare)
    if kind and "=" not in bare and "()" not in bare:
        values = re.findall(r"(?:^|,)\s*(\w+)", body.rstrip(" }")) if bare.startswith("enum") and "class" not in bare else []
        return ([kind.group("name")] if brace and kind.group("name") else []) + values
    call = re.search(r"([\w:~]+)\s*\(\)", bare.partition("=")[0])
    name = call.group(1) if call else (re.findall(r"[\w:]+", bare.partition("=")[0]) or ["::"])[-1]
    return [] if "::" in name else [name]
