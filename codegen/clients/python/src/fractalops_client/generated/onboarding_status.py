# Generated from codegen/operations by `make codegen`. Do not edit.
from .base_model import BaseModel
from .fragments import OrganizationRow


class OnboardingStatus(BaseModel):
    organization: list["OnboardingStatusOrganization"]


OnboardingStatusOrganization = OrganizationRow
OnboardingStatus.model_rebuild()
