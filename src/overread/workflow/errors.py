"""Why an action was not done. Each error says what was wrong and what to do; nothing was changed."""

from __future__ import annotations


class WorkflowError(Exception):
    """The action was refused and its transaction undone."""

    status = 400
    title = "This could not be done"

    def __init__(self, what: str, do: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.do = do


class NotFound(WorkflowError):
    """The object does not exist, or is not for this viewer: both answer alike."""

    status = 404
    title = "Not found"

    def __init__(
        self, what: str = "There is nothing for you at this address.", do: str = "Go back to your cases."
    ) -> None:
        super().__init__(what, do)


class NotAllowed(WorkflowError):
    """The person may see the object but may not do this to it."""

    status = 403
    title = "Not yours to do"

    def __init__(self, what: str = "Your role in this case does not include this step.", do: str = "") -> None:
        super().__init__(what, do or "Ask the navigator of the case.")


class WrongState(WorkflowError):
    """The step does not follow from where the case is now."""

    status = 409
    title = "Not at this point"


class Invalid(WorkflowError):
    """What was sent cannot be used; nothing was kept of it unless the message says so."""

    status = 422
    title = "This cannot be used"


class Expired(WorkflowError):
    """A link or a clock has run out."""

    status = 410
    title = "This link no longer works"
