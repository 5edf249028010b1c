# Generated from codegen/operations by `make codegen`. Do not edit.
from .base_model import BaseModel
from .fragments import ArtifactRow


class HarnessArtifact(BaseModel):
    artifact: list["HarnessArtifactArtifact"]


class HarnessArtifactArtifact(ArtifactRow):
    encoding: str
    body: str


HarnessArtifact.model_rebuild()
