"""What type checkers are to make of the package in a user's program. It is checked, and never run."""

from datetime import timedelta
from typing import TYPE_CHECKING, List, Optional

from sqlite_larder import Job, Store, connect, load

if TYPE_CHECKING:
    from typing_extensions import assert_type

store = Store("app.db", configure=lambda connection: connection.execute("PRAGMA cache_size = -8000"))


@store.cache.memoize(ttl="1h", stale=timedelta(days=1))
def fetch(url: str, retries: int = 3) -> List[str]:
    return [url] * retries


def send(job: Job) -> None:
    job.renew()
    job.done({"sent": True}, keep="30d")


def main() -> None:
    assert_type(fetch("https://example.com", retries=2), List[str])
    assert_type(fetch.forget("https://example.com"), bool)
    store.cache.set("k", {"a": 1}, 60)
    store.cache.set(7, b"bytes", timedelta(minutes=1), tag="t")
    assert_type(store.cache.ttl("k"), Optional[float])
    assert_type("k" in store.cache, bool)
    with store.transaction() as connection:
        connection.execute("SELECT 1")
    for number in store.ledger("import").todo([1, 2]):
        assert_type(number, int)
    for job in store.ledger("mails").work("5m"):
        with job:
            send(job)
    with store.run("nightly", lease="5m", total=3) as run, store.lease("billing", "30s", wait=5) as lease:
        run.tick(2)
        lease.check()
    assert_type(store.rate("api", 5, "1s").take(), float)
    assert_type([finding.message for finding in store.check()], List[str])
    load(connect("app.db", timeout=1))
