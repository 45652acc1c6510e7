"""Where C++ code can be broken, and how. The syntax is tree-sitter's: what does not compile is not counted, so no types are needed."""

from dataclasses import dataclass

import sql_clauses
import tree_sitter
import tree_sitter_cpp

PARSER = tree_sitter.Parser(tree_sitter.Language(tree_sitter_cpp.language()))

NOT_CODE = {"static_assert_declaration", "preproc_include", "template_parameter_list", "attribute_declaration"}
SWAPPED = {
    "comparison": {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "=="},
    "logic": {"&&": "||", "||": "&&"},
    "arithmetic": {"+": "-", "-": "+", "*": "/", "/": "*", "%": "*", "+=": "-=", "-=": "+=", "++": "--", "--": "++"},
    "bits": {"&": "|", "|": "&", "<<": ">>", ">>": "<<", "|=": "&=", "&=": "|="},
    "constant": {"true": "false", "false": "true"},
}
SWAPS = {old: (operator, new) for operator, pairs in SWAPPED.items() for old, new in pairs.items()}
LEFT_OUT = {"call_expression", "assignment_expression", "update_expression"}  # as a statement of its own


@dataclass(frozen=True)
class Mutant:
    file: str
    line: int
    function: str
    operator: str
    start: int  # bytes
    end: int
    new: str
    before: str  # the lines that it is in
    after: str

    @property
    def name(self):
        """What survivors.txt knows it by: the same as long as its function and lines are."""
        place = f"{self.file}, {self.function}" if self.function else self.file
        return f"{place}: {self.operator}: {self.before} => {self.after}".strip()

    def apply(self, source):
        return source[: self.start] + self.new.encode() + source[self.end :]


def mutants_of(file, source):
    """All of a file, given as bytes."""
    for function, operator, start, end, new in walk(PARSER.parse(source).root_node, ""):
        first = source.rfind(b"\n", 0, start) + 1
        last = source.find(b"\n", end)
        old = source[first:last]
        broken = source[first:start] + new.encode() + source[end:last]
        line = source[:start].count(b"\n") + 1
        yield Mutant(file, line, function, operator, start, end, new, in_one_line(old), in_one_line(broken))


def in_one_line(text):
    return " ".join(text.decode().split())


def walk(node, function):
    if node.type in NOT_CODE:
        return
    if node.type == "function_definition":
        function = name_of(node)
    yield from ((function, *each) for each in breaks(node))
    for child in node.children:
        yield from walk(child, function)


def name_of(function):
    declarator = function.child_by_field_name("declarator")
    while declarator.child_by_field_name("declarator") is not None or declarator.type == "reference_declarator":
        declarator = declarator.child_by_field_name("declarator") or declarator.named_children[0]
    return declarator.text.decode()


def breaks(node):
    """Yields (operator, start, end, what takes the place) of this node alone."""
    text = node.text.decode()
    if node.type in ("condition_clause", "conditional_expression"):
        field = "value" if node.type == "condition_clause" else "condition"
        yield from negated(node.child_by_field_name(field))
    elif node.type in ("binary_expression", "assignment_expression", "update_expression"):
        yield from swapped(node.child_by_field_name("operator"))
    elif node.type in ("true", "false"):
        yield from swapped(node)
    elif node.type == "number_literal":
        yield "constant", node.start_byte, node.end_byte, "1" if text == "0" else f"({text} + 1)"
    elif node.type == "throw_statement" or (node.type == "expression_statement" and is_left_out(node)):
        yield "left out", node.start_byte, node.end_byte, ";"
    elif node.type == "return_statement" and node.named_child_count:
        yield from returned(node)
    elif node.type in ("string_content", "raw_string_content"):
        for operator, start, end, new in sql_clauses.breaks(text):
            yield operator, *bytes_of(node, text, start, end), new


def negated(condition):
    if condition is not None and condition.type != "declaration":
        yield "condition", condition.start_byte, condition.end_byte, f"!({condition.text.decode()})"


def swapped(operator):
    text = operator.text.decode()
    if text in SWAPS:
        yield SWAPS[text][0], operator.start_byte, operator.end_byte, SWAPS[text][1]


def is_left_out(statement):
    return statement.named_child_count > 0 and statement.named_children[0].type in LEFT_OUT


def returned(statement):
    value = statement.named_children[0]
    of_function = statement
    while of_function is not None and of_function.type not in ("function_definition", "lambda_expression"):
        of_function = of_function.parent
    kind = of_function and of_function.child_by_field_name("type")
    is_bool = kind is not None and kind.text == b"bool"
    yield "returned", value.start_byte, value.end_byte, f"!({value.text.decode()})" if is_bool else "{}"


def bytes_of(node, text, start, end):
    """Of characters `start` to `end` of the node's text."""
    return (node.start_byte + len(text[:start].encode()), node.start_byte + len(text[:end].encode()))
