"""Running requests: `compile` makes them ready, `plan_cache` keeps them so, `run` carries them out.

A mutation's steps are carried out by `mutations` and `inserts`, in the transaction that `transaction` begins.
"""
