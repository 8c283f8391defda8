"""autograder laws: prove that every exercise can be graded fairly."""

import argparse

from autograder.cli.commands import Commands, add

EXAMPLES = """examples:
  autograder laws              all sets
  autograder laws first_steps  one set, while you write an exercise
"""


def add_to(commands: Commands) -> None:
    """Add the command."""
    about = "prove that every exercise can be graded fairly"
    laws = add(commands, "laws", run, about=about, examples=EXAMPLES)
    laws.add_argument("assignments", nargs="*", help="default: all")


def run(given: argparse.Namespace) -> int:
    """Prove the laws; exit 1 where one is broken."""
    from rich.console import Console

    from autograder.authoring.laws import prove
    from autograder.course import course_secret
    from autograder.exercise.load import assignment_names

    console, secret = Console(highlight=False), course_secret()
    broken = count = 0
    for name in given.assignments or assignment_names():
        console.print(f"[bold]{name}[/]")
        for verdict in prove(name, secret):
            count += 1
            broken += bool(verdict.broken)
            mark = "[red]✗[/]" if verdict.broken else "[green]✓[/]"
            console.print(f"  {mark} {verdict.exercise} ({verdict.mistakes} known mistakes)")
            for sentence in verdict.broken:
                console.print(f"      {sentence}", markup=False)
    exercises = "1 exercise" if count == 1 else f"{count} exercises"
    console.print(f"{exercises} on 16 case sets: {broken or 'none'} broken.")
    return 1 if broken else 0
