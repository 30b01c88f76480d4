"""Learns the shipped models from annotated texts: the tagger, the choice among mentions,
the relation scorer. Used by ``kg train`` alone; needs scipy (``pip install wuzhen-kg[train]``).
"""
