"""Relations: what one text says of its mentions.

Two proposers read the same :class:`kg.model.Reading`: the patterns of ``seeds/patterns``
(:mod:`kg.relations.patterns`) and the learned scorer (:mod:`kg.relations.scorer`).
"""
