"""Browser procedures: typed steps in a browser, written so that people can read them before they decide."""

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from contracts.base import TEXT_MAX, Contract, LongText, Name
from contracts.calls import CallPath

STEPS_MAX = 100

# What is typed or expected in one place of a page.
Typed = Annotated[str, StringConstraints(max_length=4_000, pattern=r"^[^\x00]*$")]


class TargetKind(StrEnum):
    """How an element of a page is found: by the label of a field, or by its role (ARIA) and its name."""

    LABEL = "label"
    BUTTON = "button"
    LINK = "link"
    TEXTBOX = "textbox"
    CHECKBOX = "checkbox"
    RADIO = "radio"
    COMBOBOX = "combobox"
    OPTION = "option"
    TAB = "tab"
    MENUITEM = "menuitem"
    HEADING = "heading"
    DIALOG = "dialog"
    ALERT = "alert"
    STATUS = "status"
    ROW = "row"


class BrowserTarget(Contract):
    """An element as people find it, never by the page's source."""

    kind: TargetKind
    name: Name


class OpenPage(Contract):
    """Go to a path below the endpoint's URL."""

    step: Literal["open"]
    path: CallPath


class ClickOn(Contract):
    """Click on an element."""

    step: Literal["click"]
    target: BrowserTarget


class FillIn(Contract):
    """Fill a field with a text; one that must not be shown stands in a secret contract."""

    step: Literal["fill"]
    target: BrowserTarget
    text: Typed


class FillSecret(Contract):
    """Fill a field with the value that a secret contract names; the value itself never stands here."""

    step: Literal["fill_secret"]
    target: BrowserTarget
    secret_contract: Name


class ChooseOption(Contract):
    """Choose an option of a list by the words that it shows."""

    step: Literal["choose"]
    target: BrowserTarget
    option: Name


class PressKey(Contract):
    """Press a key, or keys together, such as Control+S."""

    step: Literal["press"]
    keys: Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=r"^[A-Za-z0-9+]+$")]


class WaitFor(Contract):
    """Wait until an element is there."""

    step: Literal["wait_for"]
    target: BrowserTarget
    timeout_ms: int = Field(default=10_000, ge=100, le=120_000)


class ExpectText(Contract):
    """Go on only if an element shows a text."""

    step: Literal["expect"]
    target: BrowserTarget
    text: Annotated[str, StringConstraints(min_length=1, max_length=TEXT_MAX, pattern=r"^[^\x00]+$")]


BrowserStep = Annotated[
    OpenPage | ClickOn | FillIn | FillSecret | ChooseOption | PressKey | WaitFor | ExpectText,
    Field(discriminator="step"),
]


class BrowserProcedure(Contract):
    """Steps in a browser, from the first page that is opened to what must be seen at the end."""

    steps: tuple[BrowserStep, ...] = Field(min_length=1, max_length=STEPS_MAX)
    observed: tuple[ExpectText, ...] = Field(min_length=1, max_length=20)
    why: LongText

    @model_validator(mode="after")
    def _begins(self) -> Self:
        if self.steps[0].step != "open":
            raise ValueError("a procedure begins by opening a page")
        return self
