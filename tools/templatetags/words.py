"""Words as a template begins a cell or an answer with them."""

from django import template

from tools import words

register = template.Library()
register.filter("capitalised", words.capitalised)
