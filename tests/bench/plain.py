"""What anybody writes in an hour, for comparison: sentence-transformers and one flat FAISS index.

The model is the one the archive is read with, multilingual-e5-small, its four-bit weights laid out
as float32, since sentence-transformers computes with nothing smaller.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROUNDS = 20


def write_model(folder: Path) -> None:
    """Write the model as a folder that sentence-transformers opens."""
    import torch
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    from index.e5_encoder import write_e5
    from index.e5_file import E5File

    file = E5File.installed()
    shape = file.shape
    config = BertConfig(
        vocab_size=shape.vocabulary,
        hidden_size=shape.hidden,
        num_hidden_layers=shape.layers,
        num_attention_heads=shape.heads,
        intermediate_size=shape.intermediate,
        max_position_embeddings=shape.positions,
    )
    model = BertModel(config, add_pooling_layer=False)
    state = model.state_dict()
    for name, values in _tensors(file, shape.layers).items():
        state[name] = torch.from_numpy(values).reshape(state[name].shape)
    model.load_state_dict(state)
    model.save_pretrained(folder)
    write_e5(file, "multilingual-e5-small", folder)
    PreTrainedTokenizerFast(
        tokenizer_file=str(folder / "tokenizer.json"),
        model_max_length=shape.positions,
        **{
            f"{role}_token": file.vocabulary.pieces[number]
            for role, number in (
                ("bos", file.vocabulary.begin),
                ("eos", file.vocabulary.end),
                ("unk", file.vocabulary.unknown),
                ("pad", 1),
            )
        },
    ).save_pretrained(folder)


def _tensors(file: Any, layers: int) -> dict[str, Any]:
    """Return the file's tensors under the names of ``BertModel``."""
    parts = {
        "attention.self.query": "q",
        "attention.self.key": "k",
        "attention.self.value": "v",
        "attention.output.dense": "ao",
        "intermediate.dense": "fi",
        "output.dense": "fo",
    }
    norms = {"attention.output.LayerNorm": "aln", "output.LayerNorm": "oln"}
    embeddings = "embeddings."
    found = {
        f"{embeddings}word_embeddings.weight": file.dequantized("emb.word"),
        f"{embeddings}position_embeddings.weight": file.floats("emb.pos"),
        f"{embeddings}token_type_embeddings.weight": file.floats("emb.type"),
        f"{embeddings}LayerNorm.weight": file.floats("emb.ln.w"),
        f"{embeddings}LayerNorm.bias": file.floats("emb.ln.b"),
    }
    for layer in range(layers):
        theirs, ours = f"encoder.layer.{layer}.", f"l{layer}."
        for their, our in parts.items():
            found[f"{theirs}{their}.weight"] = file.dequantized(f"{ours}{our}.w")
            found[f"{theirs}{their}.bias"] = file.floats(f"{ours}{our}.b")
        for their, our in norms.items():
            found[f"{theirs}{their}.weight"] = file.floats(f"{ours}{our}.w")
            found[f"{theirs}{their}.bias"] = file.floats(f"{ours}{our}.b")
    return found


def open_model(folder: Path) -> Any:
    """Open the folder with sentence-transformers: the mean of all tokens, of length one."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Normalize, Pooling, Transformer

    words = Transformer(str(folder))
    modules = [words, Pooling(words.get_embedding_dimension(), "mean"), Normalize()]
    return SentenceTransformer(modules=modules, device="cpu")


def median_question(model: Any, sentences: Sequence[str], questions: Sequence[str]) -> float:
    """Return the median processor time of one question, in seconds."""
    import faiss

    vectors = model.encode(list(sentences), normalize_embeddings=True)
    flat = faiss.IndexFlatIP(vectors.shape[1])
    flat.add(vectors)
    times = []
    for question in list(questions) * (ROUNDS + 1):
        started = time.process_time()
        flat.search(model.encode(["query: " + question], normalize_embeddings=True), 10)
        times.append(time.process_time() - started)
    return statistics.median(times[len(questions) :])


def main() -> None:
    """Print, as JSON, what one thread takes for a question and what all take for the passages."""
    folder, passages, questions = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]
    texts: list[str] = json.loads(passages.read_text(encoding="utf-8"))
    model = open_model(folder)
    model.encode(texts[:32])
    started = time.perf_counter()
    model.encode(["passage: " + text for text in texts])
    bulk = time.perf_counter() - started
    import torch

    torch.set_num_threads(1)
    print(json.dumps({"bulk": bulk, "question": median_question(model, texts[:500], questions)}))


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    main()
