"""The files around the code agree with each other: lock, image, compose file, samples."""

import json
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import version

import pytest
import yaml

from assistant.settings import Settings

LOCKS = ("requirements.lock", "requirements-dev.lock")
SET_BY_THE_IMAGE = {"data", "host", "port"}


@pytest.fixture(scope="module")
def project(root_dir):
    return tomllib.loads((root_dir / "pyproject.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def compose(root_dir):
    return yaml.safe_load((root_dir / "docker-compose.yml").read_text("utf-8"))


@pytest.fixture(scope="module")
def dockerfile(root_dir):
    return (root_dir / "Dockerfile").read_text("utf-8")


def locked(root_dir, name: str) -> dict[str, str]:
    pinned = re.findall(r"^([a-z0-9.-]+)==(\S+)([^\\\n]*)\\$", (root_dir / name).read_text("utf-8"), re.MULTILINE)
    return {package: release for package, release, _ in pinned}


@pytest.mark.parametrize("name", LOCKS)
def test_the_lock_pins_every_package_by_version_and_hash(root_dir, name):
    entries = re.split(r"^(?=[a-z0-9])", (root_dir / name).read_text("utf-8"), flags=re.MULTILINE)[1:]
    assert len(entries) > 50
    for entry in entries:
        assert re.match(r"[a-z0-9.-]+==\S+", entry), entry[:80]
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), entry[:80]


@pytest.mark.parametrize("name", LOCKS)
def test_the_lock_names_no_address(root_dir, name):
    text = (root_dir / name).read_text("utf-8")
    assert not re.search(r"://|--(extra-)?index-url|--find-links|--trusted-host| @ ", text)


def test_both_locks_hold_the_same_versions(root_dir):
    running, developing = (locked(root_dir, name) for name in LOCKS)
    assert {package: developing.get(package) for package in running} == running


def test_the_image_builds_with_the_versions_that_development_builds_with(root_dir):
    building, developing = (locked(root_dir, name) for name in ("requirements-build.lock", "requirements-dev.lock"))
    assert "hatchling" in building
    assert building.items() <= developing.items()


def test_every_dependency_is_locked(root_dir, project):
    developing = locked(root_dir, "requirements-dev.lock")
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = {re.split(r"[^A-Za-z0-9._-]", requirement)[0].lower() for requirement in wanted}
    assert names <= developing.keys()


def test_a_built_package_holds_the_data_files_beside_the_code(root_dir, project, tmp_path):
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(command, cwd=root_dir, capture_output=True, check=True)
    packed = set(zipfile.ZipFile(next(tmp_path.glob("*.whl"))).namelist())
    for package in project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]:
        files = (path for path in (root_dir / package).rglob("*") if path.is_file() and "__pycache__" not in path.parts)
        assert {path.relative_to(root_dir).as_posix() for path in files} <= packed


def test_the_installed_program_is_the_version_of_the_project_file(project):
    assert version("kaikaku") == project["project"]["version"]


def test_the_changelog_tells_of_this_version(root_dir, project):
    assert f"## {project['project']['version']}" in (root_dir / "CHANGELOG.md").read_text("utf-8")


def test_the_image_and_the_compose_file_carry_the_project_s_version(compose, project):
    assert {service["image"] for service in compose["services"].values()} == {
        f"kaikaku:{project['project']['version']}"
    }


def test_the_image_installs_the_lock_by_hash_and_runs_without_root(dockerfile):
    assert "\nARG LOCK=requirements.lock\n" in dockerfile
    for install in re.findall(r"pip (?:install|wheel) .*", dockerfile):
        assert re.search(r"--require-hashes -r|--no-build-isolation|--no-index", install), install
    assert re.search(r"^USER (?!root)\w+$", dockerfile, re.MULTILINE)
    assert dockerfile.index("\nUSER ") < dockerfile.index("\nENTRYPOINT ")
    assert "HEALTHCHECK" in dockerfile


def test_the_image_holds_every_package_of_the_project(dockerfile, project, root_dir):
    let_in = (root_dir / ".dockerignore").read_text("utf-8").splitlines()
    for package in project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]:
        assert f"COPY {package} /src/{package}\n" in dockerfile
        assert f"!{package}" in let_in
    for name in re.findall(r"^COPY (?!--from)(.+) \S+$", dockerfile, re.MULTILINE):
        assert all(f"!{source}" in let_in for source in name.split()), f"{name} does not reach the image"


def test_the_service_keeps_its_data_on_a_volume_and_gets_time_to_stop(compose):
    for service, folder in (("kaikaku", "/data"), ("chroma", "/chroma")):
        volume = compose["services"][service]["volumes"][0]
        name, _, mounted = volume.partition(":")
        assert mounted == folder
        assert name in compose["volumes"]
        assert "stop_grace_period" in compose["services"][service]


def test_only_the_server_profile_starts_chroma_and_nobody_outside_reaches_it(compose):
    chroma = compose["services"]["chroma"]
    assert chroma["profiles"] == ["server"]
    assert "ports" not in chroma
    assert chroma["networks"] == ["inside"]
    assert compose["networks"]["inside"] == {"internal": True}
    assert "inside" in compose["services"]["kaikaku"]["networks"]


def test_the_documents_name_chroma_where_it_listens(compose, root_dir):
    command = compose["services"]["chroma"]["command"]
    address = f"KAIKAKU_CHROMA_URL=http://chroma:{command[command.index('--port') + 1]} docker compose"
    for name in ("docker-compose.yml", "README.md", "README.ja.md"):
        assert address in (root_dir / name).read_text("utf-8")


@pytest.mark.parametrize("service", ["kaikaku", "slack"])
def test_every_setting_reaches_the_container_as_it_is_set(compose, service):
    handed_on = compose["services"][service]["environment"]
    wanted = {f"KAIKAKU_{field.upper()}" for field in Settings.model_fields if field not in SET_BY_THE_IMAGE}
    assert {name for name, value in handed_on.items() if value is None} == wanted


def test_the_slack_service_starts_when_asked_for_and_is_not_checked_at_a_port(compose):
    slack = compose["services"]["slack"]
    assert (slack["profiles"], slack["command"]) == (["slack"], ["slack"])
    assert slack["healthcheck"] == {"disable": True}
    assert "ports" not in slack


def test_nothing_that_runs_reports_to_others(compose, dockerfile):
    assert compose["services"]["kaikaku"]["environment"]["LANGSMITH_TRACING"] == "false"
    assert {service["environment"]["ANONYMIZED_TELEMETRY"] for service in compose["services"].values()} == {"False"}
    assert "LANGSMITH_TRACING=false" in dockerfile


def test_the_image_can_answer_in_slack(root_dir, project):
    running = locked(root_dir, "requirements.lock")
    extra = project["project"]["optional-dependencies"]["slack"]
    assert {re.split(r"[^A-Za-z0-9._-]", requirement)[0] for requirement in extra} <= running.keys()


def test_every_sample_says_in_its_first_line_that_its_city_is_made_up(samples_dir):
    plans = [path for path in samples_dir.iterdir() if path.suffix in {".txt", ".md", ".tsv"} and path.stem != "README"]
    assert len(plans) == 3
    for path in plans:
        assert path.read_text("utf-8").startswith("サンプルデータ（架空の市）")


def test_every_expected_value_is_printed_on_the_line_it_names(samples_dir, expected_dir):
    for file in expected_dir.glob("*.json"):
        expected = json.loads(file.read_text("utf-8"))
        lines = (samples_dir / expected["source"]).read_text("utf-8").splitlines()
        for item in expected["items"]:
            printed = re.sub(r"\(※\d\)", "", lines[item["line"] - 1])
            values = [item["title"], *item["goals"], item["progress"], item.get("schedule"), item.get("result")]
            assert all(value in printed for value in values if value), f"{expected['source']}:{item['line']}"


def test_every_sample_question_names_places_that_exist(samples_dir):
    for line in (samples_dir / "questions.jsonl").read_text("utf-8").splitlines():
        question = json.loads(line)
        for cite in question["cite"]:
            text = re.sub(r"\(※\d\)", "", (samples_dir / cite["doc"]).read_text("utf-8"))
            assert cite.get("item_title", cite.get("quote")) in text, question["id"]


@pytest.mark.parametrize("name", ["README.md", "README.ja.md"])
def test_the_readme_explains_every_setting_and_no_other(root_dir, name):
    table = re.findall(r"^\| (`KAIKAKU_.*?) \|", (root_dir / name).read_text("utf-8"), re.MULTILINE)
    explained = {setting for row in table for setting in re.findall(r"KAIKAKU_[A-Z_]+", row)}
    assert explained == {f"KAIKAKU_{field.upper()}" for field in Settings.model_fields}


@pytest.mark.parametrize("name", ["README.md", "README.ja.md"])
def test_the_readme_names_every_command(root_dir, name):
    text = (root_dir / name).read_text("utf-8")
    usage = subprocess.run([sys.executable, "-m", "assistant", "--help"], capture_output=True, text=True, check=True)
    commands = re.findall(r"^    (\w+)", usage.stdout, re.MULTILINE)
    assert len(commands) >= 8
    assert [command for command in commands if f"`{command}" not in text and f"kaikaku {command}" not in text] == []


def test_every_link_between_the_documents_leads_somewhere(root_dir):
    pages = [*root_dir.glob("*.md"), *(root_dir / "docs").rglob("*.md"), root_dir / "bench/README.md"]
    links = [
        (page.relative_to(root_dir).as_posix(), target)
        for page in pages
        for target in re.findall(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
    ]
    assert {"README.md", "docs/models.md", "docs/reading.md", "docs/decisions/README.md"} <= {page for page, _ in links}
    assert [link for link in links if not (root_dir / link[0]).parent.joinpath(link[1]).exists()] == []
