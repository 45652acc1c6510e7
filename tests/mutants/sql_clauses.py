"""Breaks of a statement's text: a condition that is always met, an order or a limit that is gone, a comparison that is off by one.

What is taken out of a condition stays in the text and has no effect: `AND a = ?1` becomes `AND (a = ?1 OR 1)`. So its parameters, and
the places where fragments go ({}), are as before, and what is found is not merely that a parameter is missing.
"""

import re

TOKEN = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"|<=|>=|<>|!=|[<>]|\w+|\S")
COMPARISONS = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}
CLAUSES = {"WHERE", "ORDER", "GROUP", "LIMIT", "RETURNING", "UNION", "DO", "SET", "ON", "WHEN", "THEN", "ELSE", "END", "BEGIN", ";"}
CONFLICT = {"REPLACE", "IGNORE", "ABORT", "FAIL", "ROLLBACK"}  # INSERT OR …

# What ends the operand of a word, and what is left of it.
WORDS = {
    "WHERE": (CLAUSES, "({} OR 1)"),
    "AND": (CLAUSES | {"AND", "OR"}, "({} OR 1)"),
    "OR": (CLAUSES | {"OR"}, "({} AND 0)"),
    "ORDER": ({"LIMIT", "RETURNING"}, ""),
    "LIMIT": ({"OFFSET"}, "coalesce(-1, {})"),
}


def breaks(text):
    """Yields (operator, start, end, what takes the place)."""
    tokens = list(TOKEN.finditer(text))
    if not WORDS.keys() & {token.group() for token in tokens}:
        return  # no SQL
    for index, token in enumerate(tokens):
        word = token.group()
        if word in COMPARISONS:
            yield "comparison in SQL", *token.span(), COMPARISONS[word]
        elif word in WORDS and not is_part_of_another_phrase(tokens, index):
            ends, left = WORDS[word]
            start = token.start() if word == "ORDER" else token.end() + 1
            end = end_of_operand(text, tokens[index + 1 :], ends)
            if start < end:
                yield f"{word} in SQL", start, end, left.format(text[start:end])


def is_part_of_another_phrase(tokens, index):
    """True of the AND of a BETWEEN, and of INSERT OR IGNORE."""
    if tokens[index].group() == "AND":
        earlier = (token.group() for token in reversed(tokens[:index]))
        return next((word for word in earlier if word in ("BETWEEN", "AND", "OR", "WHERE")), "") == "BETWEEN"
    return index + 1 < len(tokens) and tokens[index + 1].group() in CONFLICT


def end_of_operand(text, tokens, ends):
    depth = 0
    for token in tokens:
        word = token.group()
        depth += (word == "(") - (word == ")")
        if depth < 0 or (depth == 0 and word in ends):
            return len(text[: token.start()].rstrip())
    return len(text.rstrip())
