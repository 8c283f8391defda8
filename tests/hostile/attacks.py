"""All attacks, by name."""

from tests.hostile.attack import Attack
from tests.hostile.cheating import CHEATING
from tests.hostile.hogging import HOGGING
from tests.hostile.reaching import REACHING, WRITING
from tests.hostile.reading import READING

ATTACKS: tuple[Attack, ...] = (*CHEATING, *READING, *WRITING, *REACHING, *HOGGING)
BY_NAME = {attack.name: attack for attack in ATTACKS}
