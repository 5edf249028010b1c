# Generated from codegen/operations by `make codegen`. Do not edit.
from .base_model import BaseModel
from .fragments import RecordedRow


class SendSecretValue(BaseModel):
    send_secret_value: "SendSecretValueSendSecretValue"


SendSecretValueSendSecretValue = RecordedRow
SendSecretValue.model_rebuild()
