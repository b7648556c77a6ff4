"""POST /v1/feedback: whether an answer was helpful in, kept for those who look after the plans."""

from http import HTTPStatus

from fastapi import APIRouter

from assistant.channels.dependencies import ServiceDep
from assistant.channels.problems import PROBLEMS, ProblemError
from assistant.channels.schemas import FeedbackRequest
from assistant.questions import clean_text
from assistant.understanding.screening import personal_data_in

router = APIRouter(tags=["ask"])


@router.post("/v1/feedback", status_code=HTTPStatus.NO_CONTENT, responses=PROBLEMS)
def give_feedback(body: FeedbackRequest, service: ServiceDep) -> None:
    """Keep a rating of an answer; a comment with personal data is refused, and nothing of it is stored."""
    comment = clean_text(body.comment or "") or None
    if kinds := personal_data_in(comment or ""):
        advice = f"body.comment: seems to hold personal data ({kinds}); remove it and send again. Nothing was stored."
        raise ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, advice)
    service.rate(body.answer_id, body.rating, comment)
