"""Mentions: what a text names, found three ways and then chosen among.

Gazetteer (:mod:`.gazetteer`), head-word grammar and name patterns (:mod:`.heads`,
:mod:`.persons`, :mod:`.marks`) and the learned tagger (:mod:`.tagger`) each propose
:class:`~.candidates.Candidate` spans; :mod:`.choice` weighs the evidence of all of them,
over the whole document, and keeps the best reading without overlaps.
"""
