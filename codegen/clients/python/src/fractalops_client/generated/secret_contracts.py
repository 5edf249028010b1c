# Generated from codegen/operations by `make codegen`. Do not edit.
from .base_model import BaseModel
from .fragments import SecretContractRow


class SecretContracts(BaseModel):
    secret_contract: list["SecretContractsSecretContract"]


SecretContractsSecretContract = SecretContractRow
SecretContracts.model_rebuild()
