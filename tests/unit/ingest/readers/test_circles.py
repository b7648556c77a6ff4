from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.circles import has_circle


def test_a_chain_ends_and_a_circle_does_not() -> None:
    assert not has_circle({1: 2, 2: 3, 4: 2})
    assert has_circle({1: 2, 2: 3, 3: 2})
    assert has_circle({7: 7})


@given(st.dictionaries(st.integers(0, 9), st.integers(0, 9)))
def test_it_is_found_as_by_following_every_link(links: dict[int, int]) -> None:
    def is_endless(at: int) -> bool:
        for _ in range(len(links) + 1):
            if at not in links:
                return False
            at = links[at]
        return True

    assert has_circle(links) == any(map(is_endless, links))
