# Generated from codegen/operations by `make codegen`. Do not edit.
from .base_model import BaseModel
from .fragments import RecordedRow


class CheckOnboarding(BaseModel):
    check_onboarding: "CheckOnboardingCheckOnboarding"


CheckOnboardingCheckOnboarding = RecordedRow
CheckOnboarding.model_rebuild()
