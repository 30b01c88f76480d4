"""When: time expressions of Chinese news found, and normalised to ISO 8601.

``find_times`` is one linear pass: atoms (``grammar``) are joined to expressions (``expressions``), each is
read in the light of what the text said before (``discourse``, ``resolve``), and two ends become a range
(``normalise``). ``reference_date`` tells the day a text was written, ``find_time_values`` does all of it
for a document.
"""

from kg.times.normalise import TimeMention, find_times
from kg.times.reference import Reference, reference_date
from kg.times.values import find_time_values, lacks_year

__all__ = ["Reference", "TimeMention", "find_time_values", "find_times", "lacks_year", "reference_date"]
