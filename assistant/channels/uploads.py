"""POST /v1/documents: a file and what is told about it in; ingested at once, or as a job that can be watched."""

from http import HTTPStatus
from pathlib import PurePath
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form, Query, Response, UploadFile
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from assistant.channels.changing import ChangingRoute
from assistant.channels.dependencies import JobsDep, ServiceDep
from assistant.channels.problems import PROBLEMS, ProblemError
from assistant.channels.responses import ingested_out
from assistant.channels.schemas import IngestedOut
from assistant.errors import NotThere
from assistant.jobs import Job
from assistant.questions import clean_text
from assistant.service import Service
from ingest.plans_file import told_by
from ingest.told import Told

Line = Annotated[str, Form(max_length=300)]


class JobOut(BaseModel):
    """How far a file is; a finished job has the `result` of its upload, a failed one the `problem` and what to do."""

    id: str
    source: str
    state: Literal["waiting", "reading", "embedding", "done", "failed"]
    done: int = Field(description="Passages that are embedded, of the total.")
    total: int
    result: IngestedOut | None
    problem: str | None


router = APIRouter(tags=["documents"], responses=PROBLEMS, route_class=ChangingRoute)


def read_told(
    title: Line = "",
    municipality: Line = "",
    period: Line = "",
    kind: Line = "",
    as_of: Line = "",
    series: Line = "",
) -> Told:
    """Read what the fields of the form tell about the file; it wins over what is read from it."""
    given = {"title": title, "municipality": municipality, "period": period, "kind": kind, "as_of": as_of}
    cleaned: dict[object, object] = {name: clean_text(text) for name, text in (given | {"series": series}).items()}
    return told_by(cleaned, "form")


@router.post(
    "/v1/documents",
    status_code=HTTPStatus.CREATED,
    response_model=IngestedOut,
    responses={HTTPStatus.ACCEPTED: {"model": JobOut, "description": "Taken; see the job"}},
)
def upload_document(
    file: UploadFile,
    service: ServiceDep,
    jobs: JobsDep,
    response: Response,
    told: Annotated[Told, Depends(read_told)],
    background: Annotated[bool, Query(description="Reply at once, and ingest as a job.")] = False,
) -> Response | IngestedOut:
    """Ingest a file; one of the same name is replaced, the same bytes of which the same is told change nothing."""
    name = PurePath(clean_text(file.filename or "").replace("\\", "/")).name
    if not name:
        raise ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, "file: has no name; a document is known by its file name")
    data = file.file.read()
    if background:
        job = jobs.start(name, lambda: service.add(name, data, told))
        content = _job_out(job, service).model_dump(mode="json")
        return JSONResponse(content, HTTPStatus.ACCEPTED, {"Location": f"/v1/jobs/{job.id}"})
    done = service.add(name, data, told)
    if done.result != "added":
        response.status_code = HTTPStatus.OK
    return ingested_out(done, service.document(done.document_id))


@router.get("/v1/jobs/{job_id}")
def show_job(job_id: str, service: ServiceDep, jobs: JobsDep) -> JobOut:
    """Tell how far an upload is."""
    return _job_out(jobs.find(job_id), service)


def _job_out(job: Job, service: Service) -> JobOut:
    return JobOut(
        id=job.id,
        source=job.source,
        state=job.state,
        done=job.done,
        total=job.total,
        result=_result(job, service),
        problem=job.problem,
    )


def _result(job: Job, service: Service) -> IngestedOut | None:
    if job.result is None:
        return None
    try:
        return ingested_out(job.result, service.document(job.result.document_id))
    except NotThere:
        # Deleted since.
        return None
