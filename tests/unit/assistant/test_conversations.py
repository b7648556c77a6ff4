from assistant.answers import Answer, Turn
from assistant.conversations import Conversations
from vectorstore.errors import CatalogueUnavailable


class KeptTurns:
    """Turns in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, list[tuple[str, str]]] = {}

    def turns(self, conversation_id: str, limit: int) -> tuple[tuple[str, str], ...]:
        return tuple(self.kept.get(conversation_id, [])[-limit:])

    def add_turns(self, conversation_id: str, turns: tuple[tuple[str, str], ...]) -> None:
        self.kept.setdefault(conversation_id, []).extend(turns)

    def forget_conversation(self, conversation_id: str) -> bool:
        return self.kept.pop(conversation_id, None) is not None


def test_a_conversation_continues_with_its_turns() -> None:
    conversations = Conversations(KeptTurns())
    first, turns = conversations.resume(None)
    assert turns == ()
    conversations.remember(first, "担当課は？", Answer("answered", "財務課です。"))
    assert conversations.resume(first) == (first, (Turn("user", "担当課は？"), Turn("assistant", "財務課です。")))


def test_an_unknown_id_starts_a_new_conversation_under_a_new_id() -> None:
    conversation_id, turns = Conversations(KeptTurns()).resume("guessed")
    assert conversation_id != "guessed"
    assert turns == ()


def test_ids_differ() -> None:
    conversations = Conversations(KeptTurns())
    assert conversations.resume(None)[0] != conversations.resume(None)[0]


def test_what_was_refused_is_not_kept() -> None:
    store = KeptTurns()
    Conversations(store).remember("a", "私の電話番号は…", Answer("refused", "消してください。", "personal_data"))
    assert store.kept == {}


def test_only_the_last_turns_are_given() -> None:
    store = KeptTurns()
    conversations = Conversations(store)
    for number in range(30):
        conversations.remember("a", f"質問{number}", Answer("answered", f"回答{number}"))
    _, turns = conversations.resume("a")
    assert turns[-1] == Turn("assistant", "回答29")
    assert len(turns) == 20


class BrokenStore:
    """A store whose database is gone."""

    def turns(self, conversation_id: str, limit: int) -> tuple[tuple[str, str], ...]:
        raise CatalogueUnavailable(f"{conversation_id}, {limit}")

    def add_turns(self, conversation_id: str, turns: tuple[tuple[str, str], ...]) -> None:
        raise CatalogueUnavailable(f"{conversation_id}, {turns}")

    def forget_conversation(self, conversation_id: str) -> bool:
        raise CatalogueUnavailable(conversation_id)


def test_a_broken_store_costs_the_history_but_not_the_answer() -> None:
    conversations = Conversations(BrokenStore())
    conversation_id, turns = conversations.resume("a")
    conversations.remember(conversation_id, "担当課は？", Answer("answered", "財務課です。"))
    assert turns == ()
