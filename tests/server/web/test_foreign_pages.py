"""Who may write from which page: the service's own pages, and the widget of listed origins with a token of theirs."""

from pathlib import Path

import httpx
import pytest

from assistant.channels.web.origins import Origins
from tests.server.web.city_site import CitySite

ASK = {"question": "集会所"}
STRANGER = "https://evil.example"


def post(address: str, path: str, origin: str, token: str = "", **given: object) -> httpx.Response:
    headers = {"Origin": origin, "Sec-Fetch-Site": "cross-site", "X-Kaikaku-Widget": token}
    return httpx.post(address + path, headers=headers, **given)  # type: ignore[arg-type]


@pytest.fixture
def token(address: str, city: CitySite) -> str:
    return str(post(address, "/v1/widget/session", city.origin, json={}).json()["token"])


def test_a_listed_page_asks_with_its_token(address: str, city: CitySite, token: str):
    response = post(address, "/v1/ask", city.origin, token, json=ASK)
    assert response.status_code == 200
    assert response.headers["access-control-allow-origin"] == city.origin
    assert "access-control-allow-credentials" not in response.headers


def test_without_a_token_a_listed_page_is_told_to_get_one(address: str, city: CitySite):
    response = post(address, "/v1/ask", city.origin, json=ASK)
    assert response.status_code == 401
    assert "/v1/widget/session" in response.json()["detail"]
    assert response.headers["access-control-allow-origin"] == city.origin


def test_a_token_is_of_no_use_to_another_page(address: str, token: str):
    response = post(address, "/v1/ask", STRANGER, token, json=ASK)
    assert response.status_code == 403
    assert "access-control-allow-origin" not in response.headers


def test_a_token_of_another_listed_origin_is_refused():
    origins = Origins(embedding=("https://a.example", "https://b.example"))
    assert origins.admits(origins.token_for("https://a.example"), "https://a.example")
    assert not origins.admits(origins.token_for("https://a.example"), "https://b.example")
    assert not origins.admits(Origins().token_for("https://a.example"), "https://a.example")
    assert not origins.admits("", "https://a.example")


def test_a_page_that_is_not_listed_gets_no_token(address: str):
    assert post(address, "/v1/widget/session", STRANGER, json={}).status_code == 403
    assert post(address, "/v1/widget/session", "null", json={}).status_code == 403


@pytest.mark.parametrize("path", ["/v1/documents", "/chat", "/chat/opinion"])
def test_even_a_listed_page_may_do_nothing_but_ask_and_rate(address: str, city: CitySite, token: str, path: str):
    files = {"file": ("plan.txt", b"plan")}
    assert post(address, path, city.origin, token, files=files).status_code == 403


def test_the_documents_cannot_be_deleted_from_elsewhere(address: str):
    (first, *_) = httpx.get(f"{address}/v1/documents").json()["documents"]
    response = httpx.delete(f"{address}/v1/documents/{first['id']}", headers={"Origin": STRANGER})
    assert response.status_code == 403
    assert httpx.get(f"{address}{first['url']}").status_code == 200


def test_the_service_s_own_pages_and_programs_need_no_token(address: str):
    own = {"Origin": address, "Sec-Fetch-Site": "same-origin"}
    assert httpx.post(f"{address}/v1/ask", json=ASK, headers=own).status_code == 200
    assert httpx.post(f"{address}/v1/ask", json=ASK, headers={"Origin": address}).status_code == 200
    assert httpx.post(f"{address}/v1/ask", json=ASK).status_code == 200


@pytest.mark.parametrize("origin", ["http://rebound.example", "http://["])
def test_a_name_that_a_stranger_made_lead_here_is_told_what_the_operator_must_set(address: str, origin: str):
    headers = {"Origin": origin, "Host": "rebound.example", "Sec-Fetch-Site": "same-origin"}
    refused = httpx.post(f"{address}/v1/ask", json=ASK, headers=headers)
    assert refused.status_code == 403
    assert "KAIKAKU_PUBLIC_URL" in refused.json()["detail"]


def test_browsers_may_send_what_the_widget_sends(address: str, city: CitySite):
    headers = {
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type,x-kaikaku-widget",
    }
    allowed = httpx.options(f"{address}/v1/ask/stream", headers={**headers, "Origin": city.origin})
    assert allowed.headers["access-control-allow-origin"] == city.origin
    refused = httpx.options(f"{address}/v1/ask/stream", headers={**headers, "Origin": STRANGER})
    assert "access-control-allow-origin" not in refused.headers


def test_nothing_secret_is_in_what_browsers_load(address: str):
    static = Path(__file__).resolve().parents[3] / "assistant" / "channels" / "web" / "static"
    for script in static.glob("*.js"):
        assert "token_urlsafe" not in script.read_text("utf-8")
    assert httpx.post(f"{address}/v1/widget/session", json={}).json()["token"] is None


def test_only_listed_pages_may_show_the_plain_chat_in_a_frame_and_nobody_anything_else(address: str, city: CitySite):
    chat = httpx.get(f"{address}/chat")
    assert f"frame-ancestors {city.origin}" in chat.headers["content-security-policy"]
    assert "x-frame-options" not in chat.headers
    for path in ("/", "/about", "/items", "/v1/items"):
        headers = httpx.get(address + path).headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-frame-options"] == "DENY"


def test_a_foreign_page_cannot_frame_the_landing_page(open_page, city: CitySite):
    policy = "default-src 'none'; frame-src {service}"
    framed = city.page('<iframe title="landing" src="{service}/"></iframe>', policy)
    page = open_page(city.page(""), expects=("frame-ancestors", "Framing"))
    with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
        page.goto(framed)
    chat = open_page(city.page('<iframe title="chat" src="{service}/chat"></iframe>', policy))
    assert chat.frames[1].get_by_role("button", name="送る").is_visible()
