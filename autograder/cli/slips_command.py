"""autograder slips: make the banks of slips ahead, and put those of the desk in examples.json."""

import argparse

from autograder.cli.commands import Commands, add

EXAMPLES = """examples:
  autograder slips                    the training functions of all sets: do this at release
  autograder slips first_steps --all  every function of one set
"""


def add_to(commands: Commands) -> None:
    """Add the command."""
    about = "make the banks of slips that name mistakes (docs/slips.md)"
    slips = add(commands, "slips", run, about=about, examples=EXAMPLES)
    slips.add_argument("assignments", nargs="*", help="default: all")
    slips.add_argument("--all", action="store_true", help="not only training functions")


def run(given: argparse.Namespace) -> int:
    """Make the banks, and tell the desk; exit 1 where one cannot be made or kept."""
    from autograder.course import course_root, course_secret
    from autograder.exercise.load import assignment_names, load_assignment
    from autograder.judge.slips.banks import Banks

    failed = 0
    for name in given.assignments or assignment_names():
        banks = Banks(course_root(), name, course_secret())
        for exercise in load_assignment(name).graded:
            if exercise.trains or given.all:
                bank = banks.make(exercise.name)
                failed += bank is None
                count = "not made" if bank is None else f"{len(bank.rows.said)} slips"
                print(f"{name} {exercise.name}: {count}", flush=True)
        failed += not _tell_the_desk(name)
    return 1 if failed else 0


def _tell_the_desk(name: str) -> bool:
    """Write the slips into every examples.json of a set; False where they cannot be made."""
    from autograder.course import course_root
    from autograder.exercise.load import load_assignment
    from autograder.judge.slips.build import BuildFailed
    from autograder.student.desk_slips import desk_slips
    from autograder.student.generate import write

    folders = [course_root() / place / name for place in ("source", "release")]
    held = [folder for folder in folders if (folder / "examples.json").is_file()]
    try:
        slips = desk_slips(course_root(), load_assignment(name)) if held else {}
    except BuildFailed as error:
        print(f"{name}: examples.json has no slips ({error})", flush=True)
        return False
    for folder in held:
        write(load_assignment(name), folder, slips)
        print(f"{folder / 'examples.json'}: {len(slips)} functions know their slips", flush=True)
    return True
