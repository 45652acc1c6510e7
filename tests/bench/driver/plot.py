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
        heights = [len(rows) * LINE_HEIGHT + 1.0 for _, rows in parts]
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


def title(axis, text, handles):
    """The legend is a line of its own, below the title."""
    axis.set_title(text, pad=22)
    axis.legend(
        handles=handles, loc="lower left", bbox_to_anchor=(0, 1), ncols=len(handles), frameon=False, borderaxespad=0,
        borderpad=0.3, handletextpad=0.1, columnspacing=1,
    )  # fmt: skip


def style(marker, colour, filled=True):
    return {"marker": marker, "color": colour, "markerfacecolor": colour if filled else "none", "linestyle": ""}


def mark(label, marker, colour, filled=True):
    return Line2D([], [], label=label, **style(marker, colour, filled))


def name_of(result):
    key = result.key
    parts = [key.name, METRIC_NAMES.get(key.metric), size(key.value_bytes)]
    return f"{key.workload}: {', '.join(part for part in parts if part)}"


def draw_ratios(axis, results):
    logarithmic(axis, [name_of(result) for result in results], (0.02, 0.05, 0.1, 0.25, 0.5, 1, 2, 3))
    rows = range(len(results))
    colours = [COLOURS[result.verdict] for result in results]
    lowest, highest = zip(*((min(result.ratios), max(result.ratios)) for result in results))
    axis.hlines(rows, lowest, highest, colors=colours, linewidth=2)
    axis.scatter([median(result.ratios) for result in results], rows, color=colours, zorder=2)
    axis.plot([result.bar.limit for result in results], rows, **style("|", TEXT), markersize=11, markeredgewidth=2)
    verdicts = [mark(verdict, "o", COLOURS[verdict]) for verdict in (OK, UNDECIDED, OVER)]
    title(axis, "Larder / hand-written SQL: median and range of the rounds", [*verdicts, mark("bar", "|", TEXT)])


def draw_peers(axis, peers):
    sizes = sorted({value_bytes for peer in peers for _, value_bytes in peer.operations})
    logarithmic(axis, [peer.name for peer in peers])
    handles = []
    for operation, marker, colour in (("get", "o", GET), ("set", "s", SET)):
        for value_bytes in sizes:
            filled = value_bytes == sizes[0]
            handles.append(mark(f"{operation}, {size(value_bytes)}", marker, colour, filled))
            times = [peer.operations.get((operation, value_bytes), float("nan")) for peer in peers]
            axis.plot(times, range(len(peers)), **style(marker, colour, filled))
    title(axis, "µs an operation, one client", handles)
