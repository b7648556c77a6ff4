"""Text in, token ids of multilingual-e5-small out: sentencepiece over the vocabulary of the weights file."""

import re
from typing import Any

from vectorstore.embedding.weights import E5Weights

_BLANKS = re.compile("  +")
_NORMAL, _UNKNOWN, _CONTROL = 1, 2, 3
_UNIGRAM = 1


class Tokenizer:
    """Splits texts as the model was trained to; safe to use from several threads."""

    def __init__(self, weights: E5Weights) -> None:
        self._map = weights.character_map
        self._processor = _processor(weights)

    def ids(self, text: str) -> list[int]:
        """Return the ids of a text, without the marks of beginning and end."""
        ids: list[int] = self._processor.encode(_BLANKS.sub(" ", text.translate(self._map)))
        return ids


def _processor(weights: E5Weights) -> Any:
    import sentencepiece.sentencepiece_model_pb2 as messages
    from sentencepiece import SentencePieceProcessor

    message: Any = messages
    model = message.ModelProto()
    marks = (weights.bos, weights.eos, weights.pad)
    for place, (text, score) in enumerate(zip(weights.pieces, weights.scores, strict=True)):
        piece = model.pieces.add()
        piece.piece, piece.score = text or f"<empty{place}>", float(score)
        piece.type = _UNKNOWN if place == weights.unknown else _CONTROL if place in marks or not text else _NORMAL
    trainer = model.trainer_spec
    trainer.model_type = _UNIGRAM
    trainer.unk_id, trainer.bos_id, trainer.eos_id, trainer.pad_id = weights.unknown, *marks
    normalizer = model.normalizer_spec
    # The character map above is the whole normalisation.
    normalizer.name, normalizer.add_dummy_prefix = "identity", True
    normalizer.remove_extra_whitespaces, normalizer.escape_whitespaces = False, True
    return SentencePieceProcessor(model_proto=model.SerializeToString())
