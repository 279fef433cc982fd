"""What every list answers, and the parameters every list takes."""

from dataclasses import dataclass
from typing import Annotated, Generic, TypeVar

from fastapi import Query

from qa_service.web.limits import MAX_PAGE

Item = TypeVar("Item")

Limit = Annotated[int, Query(ge=1, le=MAX_PAGE, description="How many items a page has at most.")]
Cursor = Annotated[str | None, Query(max_length=500, description="Taken from `next` of the page before.")]


@dataclass(frozen=True, slots=True)
class Listing(Generic[Item]):
    """One page of a list. next: the address of the following page, null at the end."""

    items: tuple[Item, ...]
    next: str | None = None
