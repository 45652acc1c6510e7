"""The results as one picture, to be read on a light and on a dark page; the same bytes for the same numbers."""

import matplotlib
from matplotlib import pyplot
from matplotlib.lines import Line2D
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from ratios import OK, OVER, SHOWN, UNDECIDED, median
from table import size

TEXT = "#808890"
GET, SET = "#3d8fd1", "#d9822b"
COLOURS = {OK: "#2f9e6e", OVER: "#d64545", UNDECIDED: "#d9a12b", SHOWN: TEXT}
LINE_HEIGHT = 0.25  # inches
METRIC_NAMES = {"longest_wait_ms": "longest wait", "writes_per_second": "writes per second", "seconds": "total time"}

STYLE = {
    "svg.fonttype": "none", "svg.hashsalt": "larder", "font.family": "sans-serif", "font.size": 9,
    "text.color": TEXT, "axes.labelcolor": TEXT, "axes.edgecolor": TEXT, "xtick.color": TEXT, "ytick.color": TEXT,
    "axes.spines.top": False, "axes.spines.right": False, "axes.spines.left": False, "ytick.left": False,
    "axes.grid": True, "axes.grid.axis": "x", "grid.color": TEXT, "grid.alpha": 0.25, "axes.axisbelow": True,
    "axes.titlelocation": "left", "axes.titlesize": 10,
}  # fmt: skip


def draw(results, peers, path):
    """Writes the SVG file. The upper part has those results that are ratios with a bar, the lower one the peers; a part
    without numbers is left out."""
    ratios = [result for result in results if result.bar and result.ratios and not result.bar.absolute]
    parts = [(part, rows) for part, rows in ((draw_ratios, ratios), (draw_peers, peers)) if rows]
    if not parts:
        return
    with matplotlib.rc_context(STYLE):
        heights = [len(rows) * LINE_HEIGHT + 0.9 for _, rows in parts]
        figure, axes = pyplot.subplots(
            len(parts), figsize=(8, sum(heights)), height_ratios=heights, squeeze=False, layout="constrained"
        )
        for (part, rows), axis in zip(parts, axes[:, 0]):
            part(axis, rows)
        figure.savefig(path, transparent=True, metadata={"Date": None})
        pyplot.close(figure)


def logarithmic(axis, names, ticks=None):
    axis.set_xscale("log")
    axis.set_yticks(range(len(names)), names)
    axis.set_ylim(len(names) - 0.5, -0.5)
    axis.xaxis.set_minor_locator(NullLocator())
    axis.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,g}"))
    if ticks:
        axis.xaxis.set_major_locator(FixedLocator(ticks))


def legend(axis, handles):
    axis.legend(handles=handles, loc="lower right", bbox_to_anchor=(1, 1), ncols=len(handles), frameon=False, handletextpad=0.3)


def mark(label, marker, colour, filled=True):
    return Line2D([], [], label=label, marker=marker, color=colour, markerfacecolor=colour if filled else "none", linestyle="")


def name_of(result):
    key = result.key
    parts = [key.name, METRIC_NAMES.get(key.metric), size(key.value_bytes)]
    return f"{', '.join(part for part in parts if part)}  {key.workload}"


def draw_ratios(axis, results):
    logarithmic(axis, [name_of(result) for result in results], (0.02, 0.05, 0.1, 0.25, 0.5, 1, 2, 3))
    for y, result in enumerate(results):
        colour = COLOURS[result.verdict]
        axis.plot([min(result.ratios), max(result.ratios)], [y, y], color=colour, linewidth=2)
        axis.plot(median(result.ratios), y, marker="o", color=colour)
        axis.plot(result.bar.limit, y, marker="|", color=TEXT, markersize=11, markeredgewidth=2)
    axis.set_title("Larder / hand-written SQL")
    verdicts = [mark(verdict, "o", COLOURS[verdict]) for verdict in (OK, UNDECIDED, OVER)]
    legend(axis, [*verdicts, mark("bar", "|", TEXT)])


def draw_peers(axis, peers):
    sizes = sorted({value_bytes for peer in peers for _, value_bytes in peer.operations})
    logarithmic(axis, [peer.name for peer in peers])
    kinds = [
        (operation, value_bytes, marker, colour, value_bytes == sizes[0])
        for operation, marker, colour in (("get", "o", GET), ("set", "s", SET))
        for value_bytes in sizes
    ]
    for y, peer in enumerate(peers):
        for operation, value_bytes, marker, colour, filled in kinds:
            if time := peer.operations.get((operation, value_bytes)):
                axis.plot(time, y, marker=marker, color=colour, markerfacecolor=colour if filled else "none", linestyle="")
    axis.set_title("µs an operation")
    legend(axis, [mark(f"{operation}, {size(value)}", marker, colour, filled) for operation, value, marker, colour, filled in kinds])
