# Generated from codegen/operations by `make codegen`. Do not edit.
from typing import Optional
from uuid import UUID

from .base_model import BaseModel
from .fragments import EventRow


class StreamEvents(BaseModel):
    portal_live_events_stream: list["StreamEventsPortalLiveEventsStream"]


class StreamEventsPortalLiveEventsStream(EventRow):
    harness_id: Optional[UUID]


StreamEvents.model_rebuild()
