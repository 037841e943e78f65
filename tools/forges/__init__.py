"""The hosts where sources live (GitHub, GitLab, Codeberg): names in, what was seen or why nothing was out.

Nothing here knows a model or a setting. What goes wrong is told as a value in words of our own, never as an exception,
so that neither a token nor anything a server says can reach a log or a page.
"""
