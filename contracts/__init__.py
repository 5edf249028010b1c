"""The words of the house: what is said between rooms and to the outside, and nothing that does anything.

`vocabulary` and `states` name things; `base` and `refusals` say how contracts are checked and how a request is turned
down; each feature (`onboarding`, `endpoints`, `secrets`, `runtimes`, `work`, `harness`, `proposals`, `proofs`) has its
inputs, events and actions; `registry` gathers what the features export; `harness_lines` is what a program in a sandbox
may say, `read_models` what people see live; `canonical`, `merkle` and `dsse` are the pure mathematics of digests and
proofs.
"""
