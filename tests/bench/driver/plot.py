"""What users do and how long it takes, as one picture. The same bytes for the same numbers; it brings its own background, to be
read on a light and on a dark page."""

import matplotlib
from matplotlib import pyplot

from stories import STORIES, duration

COLUMNS = 2
# Inches: of a part's names, of its bars with their times, and of what lies above, between and around the parts.
NAMES, BARS, BAR_HEIGHT, TITLE_HEIGHT, MARGIN = 1.55, 2.7, 0.24, 0.45, 0.1
LARDER, OTHER, TEXT, PALE, BACKGROUND = "#1f6fb2", "#c3c9d0", "#24292f", "#57606a", "#ffffff"

LEGEND = "Shorter is better. Each part has a scale of its own; bars that are cut go on."

# A bar of more than so many times the next longest is cut off, or nothing could be seen of the others.
LONGEST = 2.5
TITLE = {"fontsize": 10.5, "fontweight": "bold"}
STYLE = {
    "svg.fonttype": "none", "svg.hashsalt": "larder", "font.family": "sans-serif", "font.size": 9.5, "text.color": TEXT,
    "ytick.color": TEXT, "ytick.left": False, "xtick.bottom": False, "xtick.labelbottom": False,
    "axes.spines.top": False, "axes.spines.right": False, "axes.spines.bottom": False, "axes.edgecolor": OTHER,
    "figure.facecolor": BACKGROUND, "axes.facecolor": BACKGROUND,
}  # fmt: skip


def draw(results, peers, path):
    """Writes the SVG file, unless nothing of what it shows was measured."""
    found = [(story.title, story.numbers(results, peers)) for story in STORIES if story.drawn]
    found = [(title, numbers) for title, numbers in found if numbers]
    if not found:
        return
    rows = [found[i : i + COLUMNS] for i in range(0, len(found), COLUMNS)]
    heights = [max(len(numbers) for _, numbers in row) * BAR_HEIGHT + TITLE_HEIGHT for row in rows]
    width, height = COLUMNS * (NAMES + BARS), sum(heights) + TITLE_HEIGHT
    with matplotlib.rc_context(STYLE):
        figure = pyplot.figure(figsize=(width, height))
        figure.text(2 * MARGIN / width, MARGIN / height, LEGEND, color=PALE)
        top = height
        for row, row_height in zip(rows, heights):
            for column, (title, numbers) in enumerate(row):
                left, bars = column * (NAMES + BARS) + NAMES, len(numbers) * BAR_HEIGHT
                place = (left / width, (top - TITLE_HEIGHT + MARGIN - bars) / height, BARS / width, bars / height)
                draw_story(figure.add_axes(place), numbers)
                figure.text((left - NAMES + 2 * MARGIN) / width, place[1] + place[3] + 0.07 / height, title, **TITLE)
            top -= row_height
        figure.savefig(path, metadata={"Date": None})
        pyplot.close(figure)


def draw_story(axis, numbers):
    names, times = zip(*numbers)
    longest = max(times)
    second = sorted(times)[-2]
    end = min(longest, LONGEST * second)
    bars = axis.barh(range(len(times)), [min(time, end) for time in times], 0.72, color=[LARDER] + [OTHER] * (len(times) - 1))
    axis.set_yticks(range(len(names)), names)
    axis.get_yticklabels()[0].set(color=LARDER, fontweight="bold")
    axis.set_ylim(len(names) - 0.5, -0.5)
    axis.set_xlim(0, end * 1.3)
    for bar, time in zip(bars, times):
        place = bar.get_y() + bar.get_height() / 2
        axis.annotate(duration(time), (bar.get_width(), place), (4, 0), textcoords="offset points", va="center_baseline")
        if time > end:
            cut_off(axis, bar.get_width() * 0.9, bar)


def cut_off(axis, x, bar):
    """Two strokes through the bar."""
    width = bar.get_width() * 0.012
    for shift in (0, 3 * width):
        left = x + shift
        axis.fill(
            [left, left + width, left + 3 * width, left + 2 * width],
            [bar.get_y() + bar.get_height() + 0.05] * 2 + [bar.get_y() - 0.05] * 2,
            color=BACKGROUND, linewidth=0,
        )  # fmt: skip
