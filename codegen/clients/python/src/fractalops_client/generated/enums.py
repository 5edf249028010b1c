# Generated from codegen/operations by `make codegen`. Do not edit.
from enum import Enum


class AuthKind(str, Enum):
    basic = "basic"
    bearer = "bearer"
    browser_session = "browser_session"
    header = "header"
    none = "none"
    oauth2_client_credentials = "oauth2_client_credentials"
    query = "query"


class Continuity(str, Enum):
    fresh = "fresh"
    resume = "resume"


class DifferenceKind(str, Enum):
    changed = "changed"
    missing = "missing"
    surplus = "surplus"


class InteractionPolicy(str, Enum):
    any = "any"
    browser_first = "browser_first"


class PrincipalKind(str, Enum):
    agent = "agent"
    person = "person"
    service = "service"


class Role(str, Enum):
    agent = "agent"
    approver = "approver"
    operator = "operator"
    owner = "owner"
    viewer = "viewer"


class RuntimeKind(str, Enum):
    browser = "browser"
    sandbox = "sandbox"


class SecretDelivery(str, Enum):
    endpoint_auth = "endpoint_auth"
    environment = "environment"
    file = "file"


class SecretKind(str, Enum):
    certificate = "certificate"
    key = "key"
    password = "password"
    token = "token"
