"""The paths under `/auth/v1`."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from embedded.supabase.auth import account, admin
from embedded.supabase.auth.errors import AuthRefusal
from embedded.supabase.auth.sign_in import token

_EVERY_METHOD = ["GET", "POST", "PUT", "PATCH", "DELETE"]
_PROVIDERS = ("anonymous_users", "apple", "azure", "bitbucket", "discord", "facebook", "github", "gitlab", "google")


async def _health(_request: Request) -> JSONResponse:
    description = "GoTrue is a user registration and authentication API"
    return JSONResponse({"version": "embedded", "name": "GoTrue", "description": description})


async def _settings(_request: Request) -> JSONResponse:
    external = {**dict.fromkeys(_PROVIDERS, False), "email": True, "phone": False}
    return JSONResponse(
        {
            "external": external,
            "disable_signup": True,
            "mailer_autoconfirm": False,
            "phone_autoconfirm": False,
            "sms_provider": "",
            "saml_enabled": False,
        }
    )


async def _keys(_request: Request) -> JSONResponse:
    # A shared secret is never published; only asymmetric keys would stand here.
    return JSONResponse({"keys": []})


async def _sign_up(_request: Request) -> Response:
    raise AuthRefusal(422, "signup_disabled", "Signups not allowed for this instance")


async def _one_time_password(_request: Request) -> Response:
    raise AuthRefusal(422, "otp_disabled", "Signups not allowed for otp")


async def _unsupported(request: Request) -> Response:
    raise AuthRefusal(501, "not_supported", f"{request.url.path} is not supported by the embedded gateway")


ROUTES = [
    Route("/health", _health),
    Route("/settings", _settings),
    Route("/.well-known/jwks.json", _keys),
    Route("/token", token, methods=["POST"]),
    Route("/logout", account.logout, methods=["POST"]),
    Route("/user", account.read, methods=["GET"]),
    Route("/user", account.change, methods=["PUT"]),
    Route("/signup", _sign_up, methods=["POST"]),
    Route("/otp", _one_time_password, methods=["POST"]),
    Route("/admin/users", admin.create, methods=["POST"]),
    Route("/admin/users", admin.listing, methods=["GET"]),
    Route("/admin/users/{user_id}", admin.read, methods=["GET"]),
    Route("/admin/users/{user_id}", admin.change, methods=["PUT"]),
    Route("/admin/users/{user_id}", admin.delete, methods=["DELETE"]),
    Route("/{path:path}", _unsupported, methods=_EVERY_METHOD),
]
