"""Requests as typed trees.

`parse` reads the text, `allow_list` says whether it may be asked at all, `reach` which variables and fragments it uses;
`operation` validates it against a role's types into `tree`, by `selections`, `directives`, `inputs` and `variables`.
"""
