"""Tables for people."""

from collections import Counter

from tabulate import tabulate

from ratios import OPERATIONS, OVER, SHOWN, UNDECIDED, median

UNITS = {
    "median_us": "µs", "mean_us": "µs", "seconds": "s", "longest_wait_ms": "ms", "writes_per_second": "/s", "frames": "frames",
    "megabytes": "MB", "instructions": "instructions",
}  # fmt: skip
NONE = "–"


def number(value):
    """Three digits are as many as a benchmark can tell."""
    if value is None:
        return NONE
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def size(value_bytes):
    if not value_bytes:
        return ""
    return f"{value_bytes // 1024} KiB" if value_bytes % 1024 == 0 else f"{value_bytes} B"


def unit(metric):
    return UNITS.get(metric, metric)


def spread(numbers):
    """The median, and the lowest and highest round."""
    if not numbers:
        return NONE
    return f"{median(numbers):.2f} ({min(numbers):.2f} – {max(numbers):.2f})"


def bar_text(bar):
    if bar is None:
        return NONE
    text = f"{'≥' if bar.at_least else '≤'} {bar.limit:g}"
    return f"{text} {unit(bar.metric)}" if bar.absolute else text


def plain(rows, headers, right=(), form="simple"):
    align = ["right" if header in right else "left" for header in headers]
    return tabulate(rows, headers, tablefmt=form, colalign=align, disable_numparse=True) if rows else ""


def results_table(results, form="simple"):
    """Workloads that do not grow."""
    shown = [result for result in results if result.key.rows is None]
    rows = [
        (r.key.workload, r.key.name, size(r.key.value_bytes), unit(r.key.metric), number(r.larder), number(r.other),
         r.against or NONE, spread(r.judged), bar_text(r.bar), r.verdict)
        for r in shown
    ]  # fmt: skip
    headers = ("#", "workload", "value", "in", "Larder", "other", "against", "ratio (rounds)", "bar", "")
    table = plain(rows, headers, ("value", "Larder", "other"), form)
    return f"{table}\n\n{summary(shown)}" if table else ""


def summary(results):
    verdicts = Counter(result.verdict for result in results)
    judged, over, undecided = len(results) - verdicts[SHOWN], verdicts[OVER], verdicts[UNDECIDED]
    return f"{judged} judged: {over} over the bar, {undecided} undecided: half of their rounds lie around it"


def growth_table(results, form="simple"):
    rows = [
        (r.key.workload, r.key.name, f"{r.key.rows:,}", size(r.key.value_bytes), unit(r.key.metric), number(r.larder),
         number(r.other), spread(r.ratios))
        for r in results if r.key.rows is not None
    ]  # fmt: skip
    headers = ("#", "as rows grow", "rows", "value", "in", "Larder", "other", "ratio (rounds)")
    return plain(rows, headers, ("rows", "value", "Larder", "other"), form)


def peers_table(peers, form="simple"):
    sizes = sorted({value_bytes for peer in peers for _, value_bytes in peer.operations})

    def cell(peer, operation):
        return " / ".join(number(peer.operations.get((operation, value_bytes))) for value_bytes in sizes)

    rows = [
        (peer.name, *(cell(peer, operation) for operation in OPERATIONS), number(peer.p99_set_ms), number(peer.longest_set_ms))
        for peer in peers
    ]
    numbers = (*OPERATIONS, "set p99", "longest")
    table = plain(rows, ("peer", *numbers), numbers, form)
    legend = (
        f"get, miss, set and new: median µs of one client, one operation a call, {' / '.join(map(size, sizes))}; "
        "set p99 and longest: ms, 8 clients at once, 90 % get and 10 % set"
    )
    return f"{table}\n\n{legend}" if table else ""


def instructions_table(lines):
    rows = [(line["workload"], line["name"], line["side"], f"{line['instructions']:,.0f}") for line in lines]
    headers = ("#", "callgrind", "side", "instructions an operation")
    return plain(rows, headers, right=headers[3:])
