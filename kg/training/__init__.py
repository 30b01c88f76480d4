"""Trains what kg learns from annotated texts (``seeds/annotated``); used by ``kg train`` alone."""
