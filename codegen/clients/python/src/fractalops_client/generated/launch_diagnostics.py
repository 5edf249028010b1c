# Generated from codegen/operations by `make codegen`. Do not edit.
from fractalops_client.scalars import Timestamp

from .base_model import BaseModel


class LaunchDiagnostics(BaseModel):
    launch_diagnostic: list["LaunchDiagnosticsLaunchDiagnostic"]


class LaunchDiagnosticsLaunchDiagnostic(BaseModel):
    runtime_kind: str
    runtime_name: str
    origin: str
    duration_ms: int
    created_at: Timestamp


LaunchDiagnostics.model_rebuild()
