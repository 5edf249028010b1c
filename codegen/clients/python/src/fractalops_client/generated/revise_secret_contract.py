# Generated from codegen/operations by `make codegen`. Do not edit.
from .base_model import BaseModel
from .fragments import RecordedRow


class ReviseSecretContract(BaseModel):
    revise_secret_contract: "ReviseSecretContractReviseSecretContract"


ReviseSecretContractReviseSecretContract = RecordedRow
ReviseSecretContract.model_rebuild()
