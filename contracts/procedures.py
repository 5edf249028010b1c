"""Browser procedures: typed steps in a browser, written so that people can read them before they decide."""

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from contracts.base import TEXT_MAX, Contract, LongText, Name
from contracts.calls import CallPath

STEPS_MAX = 100

# What is typed or expected in one place of a page.
Typed = Annotated[str, StringConstraints(max_length=4_000, pattern=r"^[^\x00]*$")]


class TargetRole(StrEnum):
    """What an element of a page is for those who use it (ARIA)."""

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
    """An element as people find it: by its label, or by its role and name."""

    role: TargetRole | None = None
    name: Name | None = None
    label: Name | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.label is None) == (self.role is None) or (self.label is not None and self.name is not None):
            raise ValueError("a target has either a label, or a role with the name that it has")
        return self


class OpenPage(Contract):
    """Go to a path below the endpoint's URL."""

    step: Literal["open"]
    path: CallPath


class ClickOn(Contract):
    """Click on an element."""

    step: Literal["click"]
    target: BrowserTarget


class FillIn(Contract):
    """Fill a field with a text, or with the value that a secret contract names; a secret's value never stands here."""

    step: Literal["fill"]
    target: BrowserTarget
    text: Typed | None = None
    secret_contract: Name | None = None

    @model_validator(mode="after")
    def _one_value(self) -> Self:
        if (self.text is None) == (self.secret_contract is None):
            raise ValueError("a field is filled with either a text or a secret contract")
        return self


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
    OpenPage | ClickOn | FillIn | ChooseOption | PressKey | WaitFor | ExpectText, Field(discriminator="step")
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
