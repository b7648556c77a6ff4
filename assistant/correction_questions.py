"""Corrections in force in, the questions out that `kaikaku evaluate` asks to see that answers have them."""

import json
from collections.abc import Iterable, Iterator

from assistant.replies import load_replies
from ingest.fiscal_year import era_year
from ingest.plan_items import PlanItem
from vectorstore.corrected_items import PlacedCorrection

_IN_FORCE = ("applied", "print_changed")
_DATED = ("schedule", "target_fiscal_years")


def correction_questions(placed: Iterable[PlacedCorrection]) -> Iterator[str]:
    """Write one JSON object a line for every correction that is in force and says something."""
    for one in placed:
        if one.item is not None and one.state in _IN_FORCE and one.correction.value:
            yield json.dumps(_question(one, one.item), ensure_ascii=False)


def _question(placed: PlacedCorrection, item: PlanItem) -> dict[str, object]:
    field = placed.correction.field
    years = [[era_year(year).removesuffix("年度"), f"{year}年"] for year in item.target_fiscal_years]
    return {
        "id": f"correction-{placed.correction.id}",
        "question": load_replies("ja").say(f"ask_of_{_ASKED.get(field, field)}", title=item.title),
        "audience": "staff",
        "scope": {"municipality": item.municipality, "plan": item.plan},
        "answerable": True,
        "facts": [] if field in _DATED and years else list(_facts(field, placed.correction.value, item)),
        "any_of": years if field in _DATED else [],
        "cite": [{"item_title": item.title}],
    }


# A year is asked for as the schedule is.
_ASKED = {"target_fiscal_years": "schedule"}


def _facts(field: str, value: str, item: PlanItem) -> Iterable[str]:
    return item.owners if field == "owner" else item.goals if field == "goal" else (value,)
