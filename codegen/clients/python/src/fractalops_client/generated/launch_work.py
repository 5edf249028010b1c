# Generated from codegen/operations by `make codegen`. Do not edit.
from .base_model import BaseModel
from .fragments import RecordedRow


class LaunchWork(BaseModel):
    launch_work: "LaunchWorkLaunchWork"


LaunchWorkLaunchWork = RecordedRow
LaunchWork.model_rebuild()
