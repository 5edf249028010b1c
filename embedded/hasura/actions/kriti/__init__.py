"""Kriti, the language of Hasura's templates: JSON with `{{ expressions }}` in it.

`tokens` takes a text apart, `parse` makes a `tree` of it, `evaluate` the tree's value, with `functions` to call. Each
is bounded: the length of a text, the depth of a tree, the steps, the time and the size of what is made.

What is understood: JSON; paths such as `$body.input['odd key'][0]`; `?.` and `?[…]`, which give null for what is not
there; `??`, `==`, `!=`, `<`, `<=`, `>`, `>=`, `&&`, `||`, `in`; `{{ if a }} … {{ elif b }} … {{ else }} … {{ end }}`;
`{{ range i, x := $body.list }} … {{ end }}`; text around expressions in strings; functions, written `f(x)` or `f x`;
comments from `#` to the end of a line.
"""
