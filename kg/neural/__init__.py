"""The neural lexical tagger whose weights ship inside jieba, run in plain numpy.

The weights are those of Baidu's LAC (small): character embedding, two bidirectional GRU
layers, a linear-chain CRF over 57 tags (Jiao, Sun, Sun: Chinese Lexical Analysis with Deep
Bi-GRU-CRF Network, 2018). jieba's own way to run them needs a Paddle that no longer exists.
Above its first layer stand layers of our own (:mod:`.upper`), trained on our texts.
"""

from kg.neural.layers import LANES, Gru, Lanes, both_ways, on_state_grid, run_gru, to_grid
from kg.neural.normal import normalise
from kg.neural.tagger import Encoded, NeuralTagger, cut_long, viterbi
from kg.neural.upper import Channels, Parameters, UpperLayer, width_of

__all__ = [
    "LANES",
    "Channels",
    "Encoded",
    "Gru",
    "Lanes",
    "NeuralTagger",
    "Parameters",
    "UpperLayer",
    "both_ways",
    "cut_long",
    "normalise",
    "on_state_grid",
    "run_gru",
    "to_grid",
    "viterbi",
    "width_of",
]
