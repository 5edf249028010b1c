# Generated from codegen/operations by `make codegen`. Do not edit.
from .base_model import BaseModel
from .fragments import SecretContractRow


class SecretContract(BaseModel):
    secret_contract: list["SecretContractSecretContract"]


SecretContractSecretContract = SecretContractRow
SecretContract.model_rebuild()
