# Generated from codegen/operations by `make codegen`. Do not edit.
from uuid import UUID

from .base_model import BaseModel


class ProposalIds(BaseModel):
    proposal: list["ProposalIdsProposal"]


class ProposalIdsProposal(BaseModel):
    id: UUID


ProposalIds.model_rebuild()
