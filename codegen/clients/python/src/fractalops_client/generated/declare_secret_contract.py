# Generated from codegen/operations by `make codegen`. Do not edit.
from .base_model import BaseModel
from .fragments import RecordedRow


class DeclareSecretContract(BaseModel):
    declare_secret_contract: "DeclareSecretContractDeclareSecretContract"


DeclareSecretContractDeclareSecretContract = RecordedRow
DeclareSecretContract.model_rebuild()
