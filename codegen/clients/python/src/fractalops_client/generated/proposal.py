# Generated from codegen/operations by `make codegen`. Do not edit.
from .base_model import BaseModel
from .fragments import ProposalDetail


class Proposal(BaseModel):
    proposal: list["ProposalProposal"]


ProposalProposal = ProposalDetail
Proposal.model_rebuild()
