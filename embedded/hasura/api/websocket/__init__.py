"""GraphQL over websockets, by two sub-protocols.

`endpoint` decides on the upgrade, `connection` is one socket, `messages` reads what clients say, `protocol` names what
a sub-protocol must be able to say, `legacy` (`graphql-ws`) and `transport` (`graphql-transport-ws`) say it,
`operations` runs what was asked, `outbox` keeps what has not been sent, `sockets` knows them all.
"""
