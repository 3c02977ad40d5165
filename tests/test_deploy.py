"""The files for running Comptoir for good agree with each other and with the program, also where no Docker can run."""

from __future__ import annotations

import re
import tomllib
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml

from services.commands.line import COMMANDS
from services.settings import KNOWN
from services.web.origin import OPEN, is_local

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
UNITS = ("comptoir.service", "comptoir-worker.service")
PROXIES = ("Caddyfile", "nginx.conf")
OURS = {name for name, *_rest in KNOWN.values()}
# the compose file's own: for the proxy and PostgreSQL
BESIDE = {"COMPTOIR_HOST", "COUNTER_USER", "COUNTER_PASSWORD_HASH", "POSTGRES_PASSWORD"}


def text(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


def compose() -> dict[str, Any]:
    told: dict[str, Any] = yaml.safe_load(text("compose.yaml"))
    return told


def serving() -> list[str]:
    """The words by which the image starts the app."""
    found = re.search(r"^CMD (\[.*\])$", text("Dockerfile"), re.MULTILINE)
    assert found
    words: list[str] = yaml.safe_load(found[1])
    return words


def after(words: list[str], option: str) -> str:
    return words[words.index(option) + 1]


PORT = after(serving(), "--server.port")


def test_image_and_unit_start_the_app_in_the_same_way_on_this_machine_only() -> None:
    (line,) = re.findall(r"^ExecStart=(.*)$", text("comptoir.service"), re.MULTILINE)
    assert line.split()[1:] == serving()[1:]
    assert line.split()[0].endswith(f"/{serving()[0]}")
    assert (ROOT / after(serving(), "run")).is_file()
    assert is_local(after(serving(), "--server.address"))


@pytest.mark.parametrize("name", ["Dockerfile", *PROXIES, "../docs/operator/deploy.md"])
def test_everybody_asks_the_port_on_which_the_app_serves(name: str) -> None:
    ports = set(re.findall(r"127\.0\.0\.1:(\d+)", text(name)))
    assert ports == {PORT}


def test_health_is_asked_where_it_is_told() -> None:
    assert f"http://127.0.0.1:{PORT}/healthz" in text("Dockerfile")


@pytest.mark.parametrize("name", ["compose.yaml", *UNITS, "../docs/operator/deploy.md"])
def test_every_command_of_ours_exists(name: str) -> None:
    said = re.findall(r"-m services ([a-z-]+)", text(name)) + re.findall(r'"services", "([a-z-]+)"', text(name))
    assert said or name == "comptoir.service"
    for command in said:
        assert find_spec(f"services.commands.{COMMANDS[command]}")


def test_every_setting_that_is_given_exists_and_stands_in_the_example() -> None:
    given = set(compose()["x-comptoir"]["environment"])
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert given <= OURS
    assert all(f"{name}=" in example for name in given)
    for name in (*UNITS, *PROXIES, "compose.yaml", "../docs/operator/deploy.md", "Dockerfile"):
        assert set(re.findall(r"\b(?:COMPTOIR|SENDGRID)_[A-Z_]+\b", text(name))) <= OURS | BESIDE


def test_every_value_that_compose_wants_is_asked_for_in_its_example_and_no_other() -> None:
    wanted = set(re.findall(r"\$\{([A-Z_]+)", text("compose.yaml")))
    asked = set(re.findall(r"^([A-Z_]+)=", text("compose.env.example"), re.MULTILINE))
    assert wanted == asked
    assert not re.search(r"^\w*(SECRET|PASSWORD|KEY)\w*=.+$", text("compose.env.example"), re.MULTILINE)


def test_the_image_has_a_python_that_the_project_takes() -> None:
    (version,) = re.findall(r"^FROM python:(\d+\.\d+)-", text("Dockerfile"), re.MULTILINE)
    assert tuple(map(int, version.split("."))) >= (3, 11)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert version == project["tool"]["mypy"]["python_version"]
    for name in re.findall(r"^COPY (\S.*) \./$", text("Dockerfile"), re.MULTILINE)[0].split():
        assert (ROOT / name).is_file()


def test_what_is_written_lies_in_a_volume_of_its_owner() -> None:
    (home,) = re.findall(r"^WORKDIR (\S+)$", text("Dockerfile"), re.MULTILINE)
    (volume,) = re.findall(r"^VOLUME (\S+)$", text("Dockerfile"), re.MULTILINE)
    told = compose()
    mounted = [place.split(":")[1] for place in told["x-comptoir"]["volumes"]]
    assert volume == f"{home}/var"
    assert mounted == [volume]
    for name in ("COMPTOIR_FILES", "COMPTOIR_BACKUPS"):
        assert told["x-comptoir"]["environment"][name].startswith(f"{volume}/")
    named = {
        place.split(":")[0]
        for service in [told["x-comptoir"], *told["services"].values()]
        for place in service.get("volumes", [])
        if not place.startswith(".")
    }
    assert named == set(told["volumes"])


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_may_write_where_the_store_lies_and_has_time_to_end(name: str) -> None:
    unit = dict(re.findall(r"^(\w+)=(.*)$", text(name), re.MULTILINE))
    assert unit["ReadWritePaths"] == f"{unit['WorkingDirectory']}/var"
    assert unit["ProtectSystem"] == "strict"
    assert int(unit["TimeoutStopSec"]) > 5
    assert unit["ExecStart"].startswith(f"{unit['WorkingDirectory']}/.venv/bin/")


def test_secrets_and_stores_never_get_into_the_image() -> None:
    left_out = text("Dockerfile.dockerignore").splitlines()
    assert {".env", "var", ".git", ".venv"} <= set(left_out)


def test_the_proxy_reaches_the_app_in_its_own_network_and_images_are_pinned() -> None:
    services = compose()["services"]
    assert services["proxy"]["network_mode"] == "service:app"
    assert services["app"]["ports"] == ["80:80", "443:443"]
    for service in ("postgres", "proxy"):
        assert re.fullmatch(r"[a-z]+:\d[\w.-]*", services[service]["image"])
    assert "./Caddyfile:/etc/caddy/Caddyfile:ro" in services["proxy"]["volumes"]


def test_a_proxy_leaves_open_only_what_guards_itself() -> None:
    caddy = re.search(r"@guarded path (.+)$", text("Caddyfile"), re.MULTILINE)
    nginx = re.search(r"location ~ \^/\(([a-z|]+)\)/ \{\n\s+proxy_pass", text("nginx.conf"))
    assert caddy
    assert nginx
    opened = {path.removesuffix("*") for path in caddy[1].split()}
    assert opened == {f"/{name}/" for name in nginx[1].split("|")}
    assert all(path.startswith(OPEN) for path in opened)
    assert not opened & {"/metrics", "/command/", "/healthz"}


@pytest.mark.parametrize("name", PROXIES)
def test_a_proxy_asks_for_a_password_keeps_the_operators_paths_in_and_takes_large_files(name: str) -> None:
    said = text(name)
    assert re.search(r"basic_auth|auth_basic ", said)
    for path in ("metrics", "healthz", "command"):
        assert re.search(rf"(@operator path .*|location ~ .*){path}", said)
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    (size,) = re.findall(r"(?:max_size|client_max_body_size) (\d+)(?:MB|m)", said)
    assert int(size) == config["server"]["maxUploadSize"]


def test_nginx_passes_websockets_and_the_name_that_was_asked_for_on() -> None:
    said = text("nginx.conf")
    for line in (
        "proxy_http_version 1.1;", "proxy_set_header Upgrade $http_upgrade;",
        "proxy_set_header Connection $connection_upgrade;", "proxy_set_header Host $host;",
    ):  # fmt: skip
        assert line in said
    assert said.count("{") == said.count("}")
