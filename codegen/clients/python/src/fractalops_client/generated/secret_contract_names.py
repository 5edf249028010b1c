# Generated from codegen/operations by `make codegen`. Do not edit.
from uuid import UUID

from .base_model import BaseModel


class SecretContractNames(BaseModel):
    secret_contract: list["SecretContractNamesSecretContract"]


class SecretContractNamesSecretContract(BaseModel):
    id: UUID
    name: str


SecretContractNames.model_rebuild()
