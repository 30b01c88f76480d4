"""The page: a graph as one HTML file that opens from disk and asks nothing of any network.

``page`` puts it together; ``payload`` writes the data, ``layout`` and ``spread`` place the things,
``ranking`` chooses what is shown first. ``assets/`` holds the template, the style and the scripts.
"""

from kg.render.options import FRAGMENT, PageOptions
from kg.render.page import render_fragment, render_page
from kg.render.ranking import page_notice

__all__ = ["FRAGMENT", "PageOptions", "page_notice", "render_fragment", "render_page"]
