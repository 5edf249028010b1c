# Generated from codegen/operations by `make codegen`. Do not edit.
from .base_model import BaseModel
from .fragments import ProposalRow


class Proposals(BaseModel):
    proposal: list["ProposalsProposal"]


ProposalsProposal = ProposalRow
Proposals.model_rebuild()
