# Generated from codegen/operations by `make codegen`. Do not edit.
from .base_model import BaseModel
from .fragments import ProposalRow


class ProposalsInState(BaseModel):
    proposal: list["ProposalsInStateProposal"]


ProposalsInStateProposal = ProposalRow
ProposalsInState.model_rebuild()
