"""Brings a page up to date: what stands between a pair of comments is what was measured."""

import re

import machine
import table
from stories import STORIES, duration


def stories_table(results, peers):
    """What users do, in words and times; what is faster than Larder is bold, so that nobody has to look for it."""
    rows = []
    for story in STORIES:
        numbers = story.numbers(results, peers)
        if numbers:
            (_, larder), *others = numbers
            rows.append((story.title, duration(larder), "; ".join(way(name, time, time < larder) for name, time in others)))
    return table.plain(rows, ("what is done", "Larder", "instead"), form="github")


def way(name, time, is_faster):
    text = f"{name}: {duration(time)}"
    return f"**{text}**" if is_faster else text


def parts(content, results, peers):
    """What a page may have, by name."""
    return {
        "machine": machine.in_words(content["machine"]),
        "stories": stories_table(results, peers),
        "results": table.results_table(results, form="github"),
        "growth": table.growth_table(results, form="github"),
        "peers": table.peers_table(peers, form="github"),
    }


def filled(text, contents):
    """The page's text, each `<!-- name -->` … `<!-- end -->` with what is called so in between."""

    def fill(found):
        return f"<!-- {found[1]} -->\n\n{contents[found[1]]}\n\n<!-- end -->"

    return re.sub(r"<!-- (\w+) -->\n.*?<!-- end -->", fill, text, flags=re.DOTALL)
