"""GET /problems and /problems/{code}: what the `type` of an error stands for."""

from fastapi import APIRouter

from qa_service.web.errors import RequestProblem
from qa_service.web.listing import Listing
from qa_service.web.problem import PROBLEMS, ProblemType

router = APIRouter(tags=["problems"])


@router.get("/problems", summary="Every type of error")
async def list_problems() -> Listing[ProblemType]:
    """All of them, by no particular order of importance."""
    return Listing(tuple(PROBLEMS.values()))


@router.get("/problems/{code}", summary="One type of error")
async def show_problem(code: str) -> ProblemType:
    """The one that a `type` names."""
    if code not in PROBLEMS:
        raise RequestProblem(
            "unknown-route",
            "There is no such type of error; GET /problems lists all.",
            "没有这种错误类型，全部见 /problems。",
        )
    return PROBLEMS[code]
