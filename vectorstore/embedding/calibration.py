"""An embedding model in, how its cosines are read out, so that one threshold of "not found" serves every model."""

from langchain_core.embeddings import Embeddings

from vectorstore.fusion import E5_SCALE, CosineScale

# A question and a passage that answers it, about four things that have nothing to do with each other.
_PAIRS = (
    ("粗大ごみの収集を頼むにはいくらかかりますか", "粗大ごみの戸別収集の手数料を一点につき四百円とする。"),
    ("保育園に入れない子どもは減っていますか", "待機児童を解消するため、保育所の定員を増やす。"),
    ("橋の点検は何年ごとにしますか", "橋りょうは五年に一度点検し、計画的に補修する。"),
    ("市役所の職員は何人になりますか", "職員定数を見直し、正規職員を六百人とする。"),
)
# The mean cosines of multilingual-e5-small over the pairs: a question with its own passage, and with the others.
E5_RELATED, E5_UNRELATED = 0.8665, 0.7846
_TOO_ALIKE = 0.01


def measure_scale(embeddings: Embeddings) -> CosineScale | None:
    """Stretch the model's cosines so that related and unrelated texts stand where those of e5 do.

    None if the model cannot tell Japanese texts apart. Vectors must be of length one.
    """
    related, unrelated = mean_cosines(embeddings)
    if related - unrelated < _TOO_ALIKE:
        return None
    stretch = (related - unrelated) / (E5_RELATED - E5_UNRELATED)
    return CosineScale(unrelated - (E5_UNRELATED - E5_SCALE.floor) * stretch, E5_SCALE.span * stretch)


def mean_cosines(embeddings: Embeddings) -> tuple[float, float]:
    """Return the mean cosine of questions with their own passages and with the others."""
    passages = embeddings.embed_documents([passage for _, passage in _PAIRS])
    questions = [embeddings.embed_query(question) for question, _ in _PAIRS]
    cosines = [[sum(x * y for x, y in zip(q, p, strict=True)) for p in passages] for q in questions]
    related = [row[n] for n, row in enumerate(cosines)]
    unrelated = [cosine for n, row in enumerate(cosines) for m, cosine in enumerate(row) if m != n]
    return sum(related) / len(related), sum(unrelated) / len(unrelated)
