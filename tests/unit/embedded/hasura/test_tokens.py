"""Claims in tokens, wherever a configuration says they are."""

import json
import time

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from embedded.hasura.auth.configuration import Configuration
from embedded.hasura.auth.jwt import JwtVerifier
from embedded.hasura.errors import EngineError

KEY = "a-key-of-at-least-thirty-two-bytes!"
CLAIMS = {"x-hasura-allowed-roles": ["user"], "x-hasura-default-role": "user", "X-Hasura-Org": "7"}


def verifier_of(config):
    return JwtVerifier(Configuration.of(config))


def read(config, payload):
    verifier = verifier_of({"type": "HS256", "key": KEY, **config})
    return verifier.verified(jwt.encode(payload, KEY, algorithm="HS256"))


@pytest.mark.parametrize(
    ("config", "payload"),
    [
        ({}, {"https://hasura.io/jwt/claims": CLAIMS}),
        ({"claims_namespace": "mine"}, {"mine": CLAIMS}),
        ({"claims_namespace_path": "$.a.b"}, {"a": {"b": CLAIMS}}),
        ({"claims_namespace_path": "$"}, CLAIMS),
        ({"claims_format": "stringified_json"}, {"https://hasura.io/jwt/claims": json.dumps(CLAIMS)}),
        (
            {
                "claims_map": {
                    "x-hasura-allowed-roles": {"path": "$.roles"},
                    "x-hasura-default-role": "user",
                    "x-hasura-org": {"path": "$.org['id']", "default": "7"},
                }
            },
            {"roles": ["user"]},
        ),
    ],
)
def test_claims_are_found(config, payload):
    claims = read(config, payload)

    assert (claims.allowed_roles, claims.default_role, claims.session) == ({"user"}, "user", {"x-hasura-org": "7"})


def test_a_mapped_claim_that_is_not_there_is_an_error():
    roles = {"x-hasura-allowed-roles": ["user"], "x-hasura-default-role": {"path": "$.role"}}
    config = {"claims_map": {**roles, "x-hasura-org": {"path": "$.org"}}}

    with pytest.raises(EngineError) as refused:
        read(config, {"role": "user"})
    with pytest.raises(EngineError) as without_role:
        read(config, {"org": "7"})

    assert refused.value.message == "JWT claim from claims_map, x-hasura-org not found"
    assert refused.value.code == "jwt-invalid-claims"
    assert without_role.value.message == "JWT claim does not contain x-hasura-default-role"
    assert without_role.value.code == "jwt-missing-role-claims"


def test_allowed_skew_forgives_a_little_lateness():
    payload = {"https://hasura.io/jwt/claims": CLAIMS, "exp": time.time() - 5}

    assert read({"allowed_skew": 60}, payload).default_role == "user"
    with pytest.raises(EngineError, match="JWTExpired"):
        read({}, payload)


def test_keys_may_be_a_public_key_or_a_set_of_them():
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    ).decode()  # fmt: skip
    jwk = {**json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(private.public_key())), "kid": "k1"}
    token = jwt.encode({"https://hasura.io/jwt/claims": CLAIMS}, private, algorithm="RS256", headers={"kid": "k1"})

    for key in (pem, json.dumps(jwk), json.dumps({"keys": [jwk]})):
        assert verifier_of({"type": "RS256", "key": key}).verified(token).default_role == "user"


def test_a_token_signed_with_the_public_key_as_a_secret_is_refused():
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    jwk = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(private.public_key()))
    forged = jwt.encode({"https://hasura.io/jwt/claims": CLAIMS}, KEY, algorithm="HS256")

    with pytest.raises(EngineError, match="Could not verify JWT"):
        verifier_of({"type": "RS256", "key": json.dumps(jwk)}).verified(forged)
