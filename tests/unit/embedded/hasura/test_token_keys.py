"""Keys of every kind, and what becomes of tokens they do not fit."""

import base64
import json
import time

import jwt
import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509 import CertificateBuilder, Name, NameAttribute, random_serial_number
from cryptography.x509.oid import NameOID

from embedded.hasura.auth.configuration import Configuration
from embedded.hasura.auth.identity import Authenticator
from embedded.hasura.auth.jwt import JwtVerifier
from embedded.hasura.auth.keys import Key
from embedded.hasura.auth.known import KnownCallers
from embedded.hasura.auth.remote_keys import fresh_for_s
from embedded.hasura.auth.tokens import Tokens
from embedded.hasura.errors import EngineError
from embedded.hasura.settings import WrongSettingError

SECRET = "a-secret-of-at-least-sixty-four-bytes-so-that-every-hmac-is-content!!"
NAMESPACE = "https://hasura.io/jwt/claims"
CLAIMS = {NAMESPACE: {"x-hasura-allowed-roles": ["user"], "x-hasura-default-role": "user"}}
HMAC = {"type": "HS256", "key": SECRET}

RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
CURVE = ec.generate_private_key(ec.SECP256R1())
EDWARDS = ed25519.Ed25519PrivateKey.generate()


def pem(private):
    return private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    ).decode()  # fmt: skip


def certificate():
    name = Name([NameAttribute(NameOID.COMMON_NAME, "issuer")])
    from datetime import UTC, datetime, timedelta

    now = datetime.now(UTC)
    made = CertificateBuilder(name, name, RSA.public_key(), random_serial_number(), now, now + timedelta(days=1))
    return made.sign(RSA, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()


def jwk(private, **more):
    algorithm = {rsa.RSAPrivateKey: jwt.algorithms.RSAAlgorithm, ec.EllipticCurvePrivateKey: jwt.algorithms.ECAlgorithm}
    made = next((a for kind, a in algorithm.items() if isinstance(private, kind)), jwt.algorithms.OKPAlgorithm)
    return {**json.loads(made.to_jwk(private.public_key())), **more}


def verifier(config):
    return JwtVerifier(Configuration.of(config))


def token(key=SECRET, algorithm="HS256", payload=CLAIMS, **headers):
    return jwt.encode(payload, key, algorithm=algorithm, headers=headers or None)


def refusal(config, written):
    with pytest.raises(EngineError) as refused:
        verifier(config).verified(written)
    assert refused.value.status == 400
    return refused.value.code, refused.value.message


@pytest.mark.parametrize(
    ("config", "written"),
    [
        (HMAC, token()),
        ({"type": "HS384", "key": SECRET}, token(algorithm="HS384")),
        ({"type": "HS512", "key": SECRET}, token(algorithm="HS512")),
        ({"type": "RS256", "key": pem(RSA)}, token(RSA, "RS256")),
        ({"type": "RS512", "key": pem(RSA)}, token(RSA, "RS512")),
        ({"type": "PS256", "key": pem(RSA)}, token(RSA, "PS256")),
        ({"type": "RS256", "key": certificate()}, token(RSA, "RS256")),
        ({"type": "ES256", "key": pem(CURVE)}, token(CURVE, "ES256")),
        ({"type": "Ed25519", "key": pem(EDWARDS)}, token(EDWARDS, "EdDSA")),
        ({"type": "RS256", "key": json.dumps(jwk(RSA))}, token(RSA, "RS256")),
        ({"type": "ES256", "key": json.dumps({"keys": [jwk(CURVE)]})}, token(CURVE, "ES256")),
        ({"type": "Ed25519", "key": json.dumps(jwk(EDWARDS))}, token(EDWARDS, "EdDSA")),
    ],
)
def test_a_token_signed_with_the_configured_key_is_genuine(config, written):
    assert verifier(config).verified(written).default_role == "user"


def test_of_a_set_the_named_key_is_tried_first_and_then_all_others():
    other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    keys = {"keys": [{"kty": "unknown"}, jwk(other, kid="other"), jwk(RSA, kid="mine"), jwk(RSA, use="enc")]}
    config = {"type": "RS256", "key": json.dumps(keys)}

    assert verifier(config).verified(token(RSA, "RS256", kid="mine")).default_role == "user"
    assert verifier(config).verified(token(RSA, "RS256")).default_role == "user"
    assert verifier(config).verified(token(RSA, "RS256", kid="renamed")).default_role == "user"


def unsigned():
    def part(value):
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    return f"{part({'alg': 'none', 'typ': 'JWT'})}.{part(CLAIMS)}."


@pytest.mark.parametrize(
    ("config", "written", "said"),
    [
        (HMAC, token(SECRET[::-1]), "JWSError JWSInvalidSignature"),
        (HMAC, unsigned(), "JWSError JWSNoSignatures"),
        (HMAC, token(RSA, "RS256"), "JWSError JWSInvalidSignature"),
        ({"type": "RS256", "key": pem(RSA)}, token(), "JWSError JWSInvalidSignature"),
        (HMAC, "abc", "JWSError (CompactDecodeError Invalid number of parts: Expected 3 parts; got 1)"),
        (HMAC, "abc.def.ghi", 'JWSError (JSONDecodeError "could not decode the token")'),
        (HMAC, token(payload={**CLAIMS, "exp": time.time() - 1}), "JWTExpired"),
        (HMAC, token(payload={**CLAIMS, "nbf": time.time() + 86_400}), "JWTNotYetValid"),
        (HMAC, token(payload={**CLAIMS, "iat": time.time() + 86_400}), "JWTIssuedAtFuture"),
        ({**HMAC, "audience": "me"}, token(payload={**CLAIMS, "aud": "you"}), "JWTNotInAudience"),
        ({**HMAC, "audience": ["me"]}, token(payload={**CLAIMS, "aud": ["you", "him"]}), "JWTNotInAudience"),
        ({**HMAC, "issuer": "me"}, token(payload={**CLAIMS, "iss": "you"}), "JWTNotInIssuer"),
    ],
)  # fmt: skip
def test_a_token_that_cannot_be_trusted_is_refused_in_hasuras_words(config, written, said):
    assert refusal(config, written) == ("invalid-jwt", f"Could not verify JWT: {said}")


@pytest.mark.parametrize(
    ("config", "more"),
    [
        ({"audience": "me"}, {"aud": "me"}),
        ({"audience": "me"}, {"aud": ["you", "me"]}),
        ({"audience": ["him", "me"]}, {"aud": "me"}),
        ({"audience": "me"}, {}),
        ({"issuer": "me"}, {"iss": "me"}),
        ({"issuer": "me"}, {}),
        ({}, {"aud": "anyone", "iss": "anyone"}),
        ({"allowed_skew": 86_400}, {"exp": time.time() - 5, "nbf": time.time() + 5}),
    ],
)
def test_audience_issuer_and_skew_are_as_generous_as_hasuras(config, more):
    assert verifier({**HMAC, **config}).verified(token(payload={**CLAIMS, **more})).default_role == "user"


@pytest.mark.parametrize(
    ("config", "claims", "code", "said"),
    [
        ({}, {}, "jwt-invalid-claims", f"claims key: '{NAMESPACE}' not found"),
        ({"claims_namespace_path": "$.a"}, {}, "jwt-invalid-claims",
         "claims not found at claims_namespace_path: '$.a'"),
        ({}, {NAMESPACE: "text"}, "jwt-invalid-claims", "expecting a json object when claims_format is json"),
        ({"claims_format": "stringified_json"}, {NAMESPACE: {}}, "jwt-invalid-claims",
         "expecting a string when claims_format is stringified_json"),
        ({"claims_format": "stringified_json"}, {NAMESPACE: "{"}, "jwt-invalid-claims",
         f"expecting stringified json at: 'claims_namespace {NAMESPACE}', but found: {{"),
        ({}, {NAMESPACE: {}}, "jwt-missing-role-claims", "JWT claim does not contain x-hasura-allowed-roles"),
        ({}, {NAMESPACE: {"x-hasura-allowed-roles": []}}, "jwt-missing-role-claims",
         "JWT claim does not contain x-hasura-default-role"),
        ({}, {NAMESPACE: {"x-hasura-allowed-roles": "user"}}, "jwt-invalid-claims",
         ("invalid x-hasura-allowed-roles; should be a list of roles: "
         "parsing [] failed, expected Array, but encountered String")),
        ({}, {NAMESPACE: {"x-hasura-allowed-roles": ["a"], "x-hasura-default-role": 1}}, "jwt-invalid-claims",
         ("invalid x-hasura-default-role; should be a single role name: "
         "parsing Text failed, expected String, but encountered Number")),
        ({}, {NAMESPACE: {**CLAIMS[NAMESPACE], "x-hasura-n": 1}}, "jwt-invalid-claims",
         "x-hasura-* claims: Error in $['x-hasura-n']: parsing Text failed, expected String, but encountered Number"),
    ],
)  # fmt: skip
def test_claims_that_are_missing_or_wrong_are_named(config, claims, code, said):
    assert refusal({**HMAC, **config}, token(payload=claims)) == (code, said)


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ({"type": "HS256"}, "key and jwk_url both cannot be empty"),
        ({**HMAC, "jwk_url": "http://keys"}, "key and jwk_url both cannot be present"),
        ({"type": "XX256", "key": "k"}, "Invalid JWK: Key type: XX256 is not supported"),
        ({"type": "RS256", "key": "k"}, "Invalid JWK: the key is no PEM public key"),
        ({"type": "RS256", "key": '{"kty": "nope"}'}, "Invalid JWK: there is no key that can be used"),
        ({**HMAC, "claims_namespace": "a", "claims_namespace_path": "$"}, "both cannot be set"),
        ({**HMAC, "claims_format": "xml"}, "claims_format is neither"),
        ({**HMAC, "claims_map": {"x-hasura-allowed-roles": []}}, "x-hasura-default-role is expected but not found"),
        ({**HMAC, "header": {"type": "Pigeon"}}, "expected 'type' is 'Authorization' or 'Cookie' or 'CustomHeader'"),
        ({**HMAC, "header": {"type": "Cookie"}}, "needs a name"),
        ({**HMAC, "audience": 1}, "audience is neither"),
        ({**HMAC, "allowed_skew": "x"}, "allowed_skew is no number"),
        ({**HMAC, "issuer": 1}, "issuer is no string"),
    ],
)
def test_a_configuration_that_makes_no_sense_is_refused_at_the_start(config, said):
    with pytest.raises(WrongSettingError) as refused:
        Configuration.of(config)

    assert said in str(refused.value)


def granted(configs, headers):
    claims = Tokens(configs).claims(headers)
    return None if claims is None else claims.default_role


@pytest.mark.parametrize(
    ("header", "headers"),
    [
        (None, {"authorization": f"Bearer {token()}"}),
        ({"type": "Authorization"}, {"authorization": f"Bearer {token()}"}),
        ({"type": "Cookie", "name": "session"}, {"cookie": f"a=b; session={token()}; c=d"}),
        ({"type": "CustomHeader", "name": "X-Token"}, {"x-token": token()}),
    ],
)
def test_a_token_is_found_where_it_is_configured_to_be(header, headers):
    config = {**HMAC, **({"header": header} if header else {})}

    assert granted([config], headers) == "user"
    assert granted([config], {}) is None


@pytest.mark.parametrize("written", ["Token abc", "Bearer", "bearer abc", "Bearer a b"])
def test_what_is_no_bearer_token_is_malformed(written):
    with pytest.raises(EngineError) as refused:
        Tokens([HMAC]).claims({"authorization": written})

    assert (refused.value.code, refused.value.message) == ("invalid-headers", "Malformed Authorization header")


def test_of_several_configurations_the_issuer_decides():
    ours = {**HMAC, "issuer": "us"}
    theirs = {"type": "RS256", "key": pem(RSA), "issuer": "them"}
    their_token = token(RSA, "RS256", {**CLAIMS, "iss": "them"})

    assert granted([ours, theirs], {"authorization": f"Bearer {their_token}"}) == "user"
    assert granted([ours, theirs], {"authorization": f"Bearer {token(payload={**CLAIMS, 'iss': 'us'})}"}) == "user"
    with pytest.raises(EngineError, match="JWTNotInIssuer"):
        granted([ours, theirs], {"authorization": f"Bearer {token(payload={**CLAIMS, 'iss': 'nobody'})}"})


def test_a_request_with_two_fitting_tokens_is_ambiguous():
    cookie = {**HMAC, "header": {"type": "Cookie", "name": "t"}}

    with pytest.raises(EngineError, match="Multiple JWTs found") as refused:
        granted([HMAC, cookie], {"authorization": f"Bearer {token()}", "cookie": f"t={token()}"})

    assert refused.value.code == "invalid-headers"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Cache-Control": "max-age=300"}, 300),
        ({"Cache-Control": "public, s-maxage=30, must-revalidate"}, 30),
        ({"Cache-Control": "max-age=0"}, 1),
        ({"Cache-Control": "max-age=99999999"}, 86_400),
        ({"Cache-Control": "no-store"}, 1),
        ({"Cache-Control": "no-cache, max-age=300"}, 1),
        ({"Expires": "Thu, 01 Jan 1970 00:00:00 GMT"}, 1),
        ({"Expires": "soon"}, 60),
        ({}, 60),
    ],
)
def test_keys_stay_fresh_as_long_as_the_issuer_says(headers, seconds):
    assert fresh_for_s(headers) == seconds


def test_whoever_was_known_by_an_old_key_is_looked_at_again_when_keys_change():
    tokens = Tokens([{"jwk_url": "http://keys"}])
    callers = KnownCallers(Authenticator("secret", tokens, None))
    use = tokens._remote[0]._use
    headers = [(b"authorization", f"Bearer {token(RSA, 'RS256')}".encode())]

    use((Key(RSA.public_key(), ("RS256",)),))
    assert callers.identify(headers).role == "user"
    assert callers.identify(list(headers)).role == "user"
    use((Key(CURVE.public_key(), ("ES256",)),))

    with pytest.raises(EngineError, match="JWSInvalidSignature"):
        callers.identify(headers)
