"""Reading a figure by its key in a template."""

from django import template

register = template.Library()


@register.filter
def figure(figures: dict[str, int], key: str) -> int:
    """``{{ row.figures|figure:"active" }}``"""
    return figures[key]
