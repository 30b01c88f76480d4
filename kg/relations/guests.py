"""Organisations that only tell whose people come to a forum: 来自O1、O2的50位研究生参加论坛, 50位O的院士."""

from __future__ import annotations

import re

from kg.model import Mention

TAKES_PART = ("attends", "exhibitsAt")
_PEOPLE = (
    "(?:院士|专家|学者|代表|师生|学生|研究生|教授|教师|嘉宾|观众|选手|员工|记者|志愿者|人士|科学家|人员|领导|官员|医生|医师|律师|校友|青年)"
    "(?![团队])"
)
_COME_FROM = re.compile("来自[^，。；：！？\n]*$")
_ARE_PEOPLE = re.compile(f"[^，。；：！？\n]*?(?:[\\d一二两三四五六七八九十百千万][余多]?[位名]|[余多]人|{_PEOPLE})")
_SO_MANY = re.compile("[\\d一二两三四五六七八九十百千万余多几][位名]$")
_OF_THEM = re.compile(f"的?{_PEOPLE}")
_LONGEST_LIST = 200


def only_lends_people(text: str, organization: Mention) -> bool:
    """Whether the organisation is named for nothing but the people who come from it.

    Args:
        text: of the whole document.
    """
    if organization.type != "Organization":
        return False
    start, end = organization.span.start, organization.span.end
    before = text[max(0, start - _LONGEST_LIST) : start]
    if _COME_FROM.search(before):
        return _ARE_PEOPLE.match(text, end, end + _LONGEST_LIST) is not None
    return bool(_SO_MANY.search(before) and _OF_THEM.match(text, end))
