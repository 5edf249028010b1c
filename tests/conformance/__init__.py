"""The outside suite of Hasura's behaviour, run against the engine in every mode it knows: `make conformance-hasura`.

The suite is not ours and lies outside the tree. This package starts what it needs (`running`), in each mode that a case
may ask for (`modes`), joins the answers of all runs to one verdict for each case (`results`), and says what stands
(`report`).
"""
