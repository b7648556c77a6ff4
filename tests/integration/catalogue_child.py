"""A process for the catalogue's tests: `catalogue_child.py URL ROUND` adds plans, round after round, without end."""

import sys
from itertools import count

from tests.integration.catalogue_plans import plan, vectors_of
from vectorstore.catalogue import Catalogue

SOURCES = ("一.txt", "二.txt", "三.txt")
SIZE = 150


def main(url: str, first_round: int) -> None:
    """Say "opening", then "source round" after each document that is stored."""
    say("opening")
    catalogue = Catalogue.open(url, extractor="test")
    for round_number in count(first_round):
        for source in SOURCES:
            document, extraction = plan(source, round_number, SIZE)
            catalogue.add(document, extraction, vectors_of(extraction))
            say(f"{source} {round_number}")


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
