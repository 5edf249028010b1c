# Generated from codegen/operations by `make codegen`. Do not edit.
from .base_model import BaseModel
from .fragments import RecordedRow


class OnboardOrganization(BaseModel):
    onboard_organization: "OnboardOrganizationOnboardOrganization"


OnboardOrganizationOnboardOrganization = RecordedRow
OnboardOrganization.model_rebuild()
