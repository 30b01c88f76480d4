"""The learned tagger: finds Person, Organization, Forum, Product and Place in sentences.

:mod:`features` reads small categories of each character (word lists, gazetteer, parts of
speech), :mod:`network` scores labels from them and from jieba's neural layers, :mod:`crf`
picks the labels, :mod:`finder` is the way in. :mod:`kg.training` makes the model file.
"""

from kg.mentions.tagger.finder import Found, LearnedTagger

__all__ = ["Found", "LearnedTagger"]
