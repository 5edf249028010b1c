# Generated from codegen/operations by `make codegen`. Do not edit.
from .base_model import BaseModel
from .fragments import EventRow


class HarnessEvents(BaseModel):
    portal_live_events: list["HarnessEventsPortalLiveEvents"]


HarnessEventsPortalLiveEvents = EventRow
HarnessEvents.model_rebuild()
