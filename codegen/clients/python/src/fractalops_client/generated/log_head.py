# Generated from codegen/operations by `make codegen`. Do not edit.
from .base_model import BaseModel
from .fragments import CheckpointRow


class LogHead(BaseModel):
    proof_checkpoint: list["LogHeadProofCheckpoint"]


LogHeadProofCheckpoint = CheckpointRow
LogHead.model_rebuild()
