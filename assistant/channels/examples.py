"""The examples shown in the description of the API: questions and answers about a made-up city."""

from typing import Any

ASK_REQUEST: dict[str, Any] = {
    "question": "窓口案内の見直しの担当課はどこですか？",
    "scope": {"municipality": "見本市"},
    "audience": "staff",
}

ITEM: dict[str, Any] = {
    "id": "3f1c9a52e07b4d18",
    "source": "mihon_plan.txt",
    "document_id": "9b2d61f0c4aa7e35",
    "municipality": "見本市",
    "plan": "見本市行政改革プラン",
    "section": ["1 便利な窓口", "(1) 案内"],
    "section_statement": None,
    "number": "1",
    "title": "窓口案内の見直し",
    "title_is_printed": True,
    "status": "新規",
    "content": "窓口の案内表示と受付の順序を見直す。",
    "goals": ["令和7年度までに待ち時間を10分以内にする"],
    "goal_fiscal_years": [2025],
    "schedule": "令和6年度～令和7年度",
    "schedule_kind": "range",
    "target_fiscal_years": [2024, 2025],
    "owners": ["窓口サービス課"],
    "owner_text": "窓口サービス課",
    "owners_by_goal": {},
    "progress": None,
    "result": None,
    "issues": None,
    "next_steps": None,
    "plan_summary": None,
    "footnotes": [],
    "page": None,
    "line_start": 14,
    "line_end": 14,
    "confidence": 1.0,
    "repairs": [],
    "corrections": [],
    "fields": {},
}

ASK_RESPONSE: dict[str, Any] = {
    "answer_id": "5d0f6c1e8a2b4739a1c0de55f1b7a902",
    "conversation_id": "b87f3e10c9d24a6f8e512f07aa31c46d",
    "outcome": "answered",
    "reason": None,
    "answer": "「窓口案内の見直し」の所管課は、窓口サービス課です。[1]",
    "answer_html": "<p>「窓口案内の見直し」の所管課は、窓口サービス課です。[1]</p>\n",
    "citations": [
        {
            "number": 1,
            "source": "mihon_plan.txt",
            "document_id": "9b2d61f0c4aa7e35",
            "title": "見本市行政改革プラン",
            "municipality": "見本市",
            "section": ["1 便利な窓口", "(1) 案内"],
            "item_id": "3f1c9a52e07b4d18",
            "item_title": "窓口案内の見直し",
            "page": None,
            "line_start": 14,
            "line_end": 14,
            "quote": "窓口サービス課",
            "url": "/documents/9b2d61f0c4aa7e35?lines=14-14"
            "&quote=%E7%AA%93%E5%8F%A3%E3%82%B5%E3%83%BC%E3%83%93%E3%82%B9%E8%AA%B2#L14",
            "page_url": None,
            "kind": "print",
        }
    ],
    "items": [],
    "total": None,
    "list_url": None,
    "filters": {},
    "suggestions": ["「窓口案内の見直し」の目標は？"],
    "choices": [],
    "mode": "lookup",
    "timings": {"understand_ms": 1.2, "retrieve_ms": 8.7, "compose_ms": 0.4, "total_ms": 10.6},
}
