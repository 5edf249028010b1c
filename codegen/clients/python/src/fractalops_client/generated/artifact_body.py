# Generated from codegen/operations by `make codegen`. Do not edit.
from .base_model import BaseModel


class ArtifactBody(BaseModel):
    artifact: list["ArtifactBodyArtifact"]


class ArtifactBodyArtifact(BaseModel):
    encoding: str
    body: str
    truncated: bool


ArtifactBody.model_rebuild()
