# Generated from codegen/operations by `make codegen`. Do not edit.
from .base_model import BaseModel
from .fragments import ArtifactRow


class HarnessArtifacts(BaseModel):
    artifact: list["HarnessArtifactsArtifact"]


HarnessArtifactsArtifact = ArtifactRow
HarnessArtifacts.model_rebuild()
