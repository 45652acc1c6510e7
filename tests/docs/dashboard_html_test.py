#!/usr/bin/env python3
"""sql/dashboard_html.sql makes a page of the dashboard: the same rows, whatever is in them is text, and nothing is loaded or run."""

import os
import re
import shutil
import subprocess
import tempfile
import unittest
from html.parser import HTMLParser
from pathlib import Path

SQL = Path(__file__).resolve().parents[2] / "sql"
HOSTILE = ["<script>alert(1)</script>", "</table></section><h1>mine</h1>", "\"'><img src=x onerror=alert(1)>", "a & b &amp; c", "<!-- ", "été 日本 🦊"]
HEADINGS = ["Runs, the latest ten", "Ledgers", "Leases", "Cache", "The doctor"]

BROWSER = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--virtual-time-budget=2000"]


class Page(HTMLParser):
    """The elements of a page, and the cells of its tables, a list a row."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.rows, self.headings, self.attributes = [], [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
        elif tag == "h2":
            self.headings.append("")

    def handle_data(self, data):
        if self.tags[-1:] == ["h2"] and data.strip():
            self.headings[-1] += data
        elif self.tags[-1:] in (["td"], ["th"]):
            self.rows[-1][-1] += data.strip("\n")


def queries(name):
    """The statements of a script that show something of the database, in order."""
    text = re.sub(r"^(--.*|\..*)$", "", (SQL / name).read_text(encoding="utf-8"), flags=re.M)
    return [statement.strip().rstrip(";") for statement in text.split(";\n\n") if "kv_" in statement]


class DashboardHtml(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.path = os.path.join(self.folder, "app.db")

    def shell(self, sql, *options):
        environment = dict(os.environ, LD_PRELOAD=os.environ.get("LARDER_PRELOAD", ""))
        done = subprocess.run(
            ["sqlite3", "-batch", "-bail", "-init", os.devnull, *options, "-cmd", f".load {os.environ['LARDER']}", self.path],
            input=sql, env=environment, text=True, capture_output=True, check=False)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return done.stdout

    def fill(self):
        """One of each, for each hostile name."""
        for run, name in enumerate(HOSTILE, 1):
            quoted = "'" + name.replace("'", "''") + "'"
            self.shell(f"SELECT run_start({quoted}, 600, 10), run_tick({run}, 5), ledger_mark({quoted}, 1), "
                       f"lease_acquire({quoted}, 600, {quoted}), cache_set({quoted}, {quoted});")

    def page(self):
        return self.shell((SQL / "dashboard_html.sql").read_text(encoding="utf-8"), "-readonly")

    def check_names(self, rows):
        for name in HOSTILE:
            self.assertTrue(any(row[1:6] == [name, "running", "5", "10", "##########----------"] for row in rows), name)
            self.assertTrue(any(row[:3] == [name, "1", "1"] for row in rows), name)
            self.assertTrue(any(row[:3] == [name, name, "1"] for row in rows), name)

    def test_the_queries_are_those_of_the_dashboard(self):
        of_text, of_page = queries("dashboard.sql"), queries("dashboard_html.sql")
        self.assertEqual(len(of_text), len(HEADINGS))
        self.assertEqual([query for query in of_page if query in of_text], of_text)

    def test_names_are_text(self):
        self.fill()
        page = Page(self.page())
        self.check_names(page.rows)
        self.assertEqual(page.headings, HEADINGS)
        self.assertLessEqual(set(page.tags), {"html", "meta", "title", "style", "h1", "h2", "section", "table", "tr", "th", "td"})
        self.assertEqual({name for name, _ in page.attributes}, {"lang", "charset", "name", "content", "id"})
        self.assertNotIn("url(", self.page())

    def test_an_empty_file(self):
        Path(self.path).touch()
        page = Page(self.page())
        self.assertEqual(page.headings, HEADINGS)
        self.assertIn("app.db", page.rows[1])
        self.assertEqual(page.rows[-1][:2], ["ok", "all else"])
        self.assertEqual(os.path.getsize(self.path), 0)

    def browse(self, *options):
        """What the browser prints of the page."""
        target = os.path.join(self.folder, "status.html")
        Path(target).write_text(self.page(), encoding="utf-8")
        profile = os.path.join(self.folder, "profile")
        done = subprocess.run(["chromium", *BROWSER, f"--user-data-dir={profile}", *options, f"file://{target}"], text=True, capture_output=True, check=True, timeout=100)
        return done.stdout

    @unittest.skipUnless(shutil.which("chromium"), "there is no chromium")
    def test_in_a_browser(self):
        self.fill()
        page = Page(self.browse("--dump-dom"))
        self.check_names(page.rows)
        self.assertEqual(page.headings, HEADINGS)
        self.assertFalse({"script", "img"} & set(page.tags))


if __name__ == "__main__":
    unittest.main()
