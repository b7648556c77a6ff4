"""The rules that keep the tree readable: one-way imports, small modules, a command line that starts at once."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from importlib.metadata import packages_distributions, requires
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

MAY_IMPORT = {
    "ingest": {"ingest"},
    "vectorstore": {"vectorstore", "ingest"},
    "prompts": {"prompts"},
    "assistant": {"assistant", "vectorstore", "ingest", "prompts"},
}

SLOW_TO_IMPORT = {
    "chromadb", "fastapi", "langchain", "langchain_core", "numpy", "onnxruntime", "pydantic",
    "rich", "sentencepiece", "sqlalchemy", "starlette", "sudachipy", "uvicorn",
}  # fmt: skip

LONGEST_MODULE = 300
LONGEST_FUNCTION = 40


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for package in MAY_IMPORT for path in sorted((ROOT / package).rglob("*.py"))}


def tree(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text("utf-8"))


def imported_names(module: str) -> Iterator[str]:
    """Yield everything a module imports, those imports included that it does late, inside functions."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}:{node.lineno}: write the whole name in imports"
            assert node.module, f"{module}:{node.lineno}: write the whole name in imports"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in MODULES else node.module


def test_imports_go_one_way_from_assistant_to_vectorstore_to_ingest():
    for module in MODULES:
        package = module.partition(".")[0]
        ours = {name.partition(".")[0] for name in imported_names(module)} & MAY_IMPORT.keys()
        assert ours <= MAY_IMPORT[package], f"{module} may import only from {sorted(MAY_IMPORT[package])}"


def test_every_imported_library_is_a_declared_dependency():
    declared = {_name_of(requirement) for requirement in requires("kaikaku") or ()}
    distributions = packages_distributions()
    imported = {name.partition(".")[0] for module in MODULES for name in imported_names(module)}
    libraries = imported - MAY_IMPORT.keys() - sys.stdlib_module_names
    undeclared = {name for name in libraries if not declared & {_name_of(one) for one in distributions.get(name, [])}}
    assert undeclared == set()


def _name_of(requirement: str) -> str:
    return re.split(r"[^A-Za-z0-9._-]", requirement)[0].lower().replace("_", "-")


def test_no_modules_import_each_other_in_a_circle():
    graph = {module: {name for name in imported_names(module) if name in MODULES} - {module} for module in MODULES}
    assert len(list(TopologicalSorter(graph).static_order())) == len(MODULES)


def test_ingest_knows_neither_network_nor_database():
    forbidden = {"http", "httpx", "requests", "socket", "sqlite3", "sqlalchemy", "urllib", "chromadb"}
    for module in (name for name in MODULES if name.partition(".")[0] == "ingest"):
        assert not {name.partition(".")[0] for name in imported_names(module)} & forbidden, module


def test_the_command_line_starts_without_the_slow_libraries():
    program = "import sys, assistant.cli; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not SLOW_TO_IMPORT & set(loaded.stdout.split())


def test_a_module_can_be_read_in_one_sitting():
    lengths = {module: len(path.read_text("utf-8").splitlines()) for module, path in MODULES.items()}
    assert {module: length for module, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_a_function_fits_on_one_screen():
    too_long = {
        f"{module}:{node.lineno} {node.name}": length
        for module in MODULES
        for node in ast.walk(tree(module))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION
    }
    assert too_long == {}


def test_a_module_says_in_its_first_lines_what_it_is_for():
    assert [module for module in MODULES if not ast.get_docstring(tree(module))] == []
