# Generated from codegen/operations by `make codegen`. Do not edit.
from typing import Optional
from uuid import UUID

from .base_model import BaseModel
from .fragments import OrganizationRow


class OnboardingProgress(BaseModel):
    organization: list["OnboardingProgressOrganization"]
    harness: list["OnboardingProgressHarness"]


OnboardingProgressOrganization = OrganizationRow


class OnboardingProgressHarness(BaseModel):
    id: UUID
    state: str
    projection: Optional["OnboardingProgressHarnessProjection"]


class OnboardingProgressHarnessProjection(BaseModel):
    phase: str
    headline: str


OnboardingProgress.model_rebuild()
OnboardingProgressHarness.model_rebuild()
