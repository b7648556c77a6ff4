"""All routes of the dashboard."""

from fastapi import APIRouter

from assistant.channels.web.admin import correcting, overview, review, signing_in

router = APIRouter()
router.include_router(signing_in.router)
router.include_router(signing_in.leaving)
router.include_router(overview.router)
router.include_router(review.router)
router.include_router(correcting.router)
