"""The page of attacks names those that there are."""

from tests.hostile.attacks import ATTACKS
from tests.hostile.table import PAGE, start_of


def test_the_page_has_a_row_for_each_attack():
    """Made again with `python -m tests.hostile.table`."""
    rows = [line for line in PAGE.read_text().splitlines() if line.startswith("| `")]
    assert sorted(row.rsplit("|", 3)[0] + "|" for row in rows) == sorted(map(start_of, ATTACKS))


def test_there_are_many_and_each_has_a_name_of_its_own():
    """At least the sixty that were asked for."""
    assert len({attack.name for attack in ATTACKS}) == len(ATTACKS) >= 60
