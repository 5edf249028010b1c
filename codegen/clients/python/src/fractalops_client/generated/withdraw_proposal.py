# Generated from codegen/operations by `make codegen`. Do not edit.
from .base_model import BaseModel
from .fragments import RecordedRow


class WithdrawProposal(BaseModel):
    withdraw_proposal: "WithdrawProposalWithdrawProposal"


WithdrawProposalWithdrawProposal = RecordedRow
WithdrawProposal.model_rebuild()
