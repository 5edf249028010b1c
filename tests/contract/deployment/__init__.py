"""What production is told, held to what the parts of production expect.

`metadata_types` holds hasura/metadata to the types that describe Hasura's metadata.
"""
