"""Who may reach out, and who may start a workflow: laws 1 and 2, as far as the text of the code shows them."""

import ast
from collections.abc import Iterator

from tests.contract.house_rules.tree import SourceFile, Tree, Violation

API = "entrypoints/api.py"
# The guard itself speaks to the kernel and stands below the event loop.
GUARD = "entrypoints/network/"
# Modules that open connections, start programs, or go below what the guard can see.
OPENS_CONNECTIONS = (
    *("socket", "ssl", "socketserver", "http.client", "http.server", "urllib.request", "ftplib", "smtplib", "poplib"),
    *("imaplib", "nntplib", "telnetlib", "xmlrpc", "requests", "httpx", "httpcore", "aiohttp", "urllib3", "websockets"),
    *("websocket", "grpc", "gql", "supabase", "hvac", "temporalio", "daytona", "playwright", "boto3", "botocore"),
    *("redis", "paramiko", "docker", "kubernetes", "uvloop", "ctypes", "cffi"),
)
STARTS_PROGRAMS = ("subprocess", "multiprocessing", "pty", "asyncio.subprocess", "concurrent.futures.process", "sh")
_RUNS_WHAT_IT_IS_GIVEN = {"import_module", "__import__", "exec", "eval"}
_WAYS_OUT = {
    *("open_connection", "open_unix_connection", "create_connection", "create_unix_connection"),
    *("create_datagram_endpoint", "sock_connect", "create_subprocess_exec", "create_subprocess_shell"),
    *("system", "popen", "posix_spawn", "posix_spawnp", "fork", "forkpty", "execv", "execve", "execvp", "spawnv"),
}
_API_REMEDY = (
    "the API validates, records and queues: record a command, and let an activity in workflows/activities/ do it"
)

DISPATCHER = "workflows/dispatcher.py"
# Who may import what reaches Temporal's client, and which entrypoints may ask for a connected one.
CLIENT_FILES = {DISPATCHER, "entrypoints/temporal.py"}
CONNECTED_FILES = {"entrypoints/dispatcher.py", "entrypoints/worker.py", "entrypoints/runtime.py"}
_CLIENT_MODULES = ("temporalio.client", "temporalio.bridge", "temporalio.service", "temporalio.api")
STARTS_WORKFLOWS = {
    *("start_workflow", "execute_workflow", "signal_with_start", "signal_with_start_workflow", "continue_as_new"),
    *("start_child_workflow", "execute_child_workflow", "start_update_with_start_workflow"),
    *("execute_update_with_start_workflow", "WithStartWorkflowOperation", "create_schedule", "get_schedule_handle"),
    *("ScheduleActionStartWorkflow", "workflow_service", "start_workflow_execution", "execute_multi_operation"),
    *(
        "signal_with_start_workflow_execution",
        "StartWorkflowExecutionRequest",
        "SignalWithStartWorkflowExecutionRequest",
    ),
}
_DISPATCH_REMEDY = (
    f"starts a workflow beside the queue: record a command that names the workflow, and {DISPATCHER} starts it"
)


def the_api_opens_no_connection(tree: Tree) -> Iterator[Violation]:
    """What the API's process loads imports nothing that opens a connection or starts a program."""
    for file in sorted(_loaded_by_the_api(tree), key=lambda file: file.name):
        if file.name.startswith(GUARD):
            continue
        for node in file.nodes:
            if module := _imports(node, OPENS_CONNECTIONS):
                yield file.at(_line(node), f"imports {module}, which opens connections: {_API_REMEDY}")
            elif module := _imports(node, STARTS_PROGRAMS):
                yield file.at(_line(node), f"imports {module}, which starts programs: {_API_REMEDY}")
            called = _called(node)
            if called in _WAYS_OUT and file.room != "entrypoints":
                yield file.at(_line(node), f"calls {called}, which reaches out: {_API_REMEDY}")
            if called in _RUNS_WHAT_IT_IS_GIVEN and isinstance(node, ast.Call):
                yield file.at(
                    _line(node), f"calls {called}, so that nobody can see what the API loads: import it by its name"
                )


def only_the_dispatcher_starts_workflows(tree: Tree) -> Iterator[Violation]:
    """Nothing but the dispatcher names what starts a workflow, by attribute, by import or as a string."""
    for file in tree.product:
        if file.name == DISPATCHER:
            continue
        docstrings = {id(node.value) for node in file.nodes if isinstance(node, ast.Expr)}
        for node in file.nodes:
            named = {part for one in _named(node) for part in one.split(".")}
            if isinstance(node, ast.Constant) and id(node) not in docstrings and isinstance(node.value, str):
                named = {node.value}
            for name in sorted(named & STARTS_WORKFLOWS):
                yield file.at(_line(node), f"{name} {_DISPATCH_REMEDY}")
            if _is_activity_of_a_client(node):
                yield file.at(_line(node), f"an activity without a workflow {_DISPATCH_REMEDY}")


def only_entrypoints_connect_temporals_client(tree: Tree) -> Iterator[Violation]:
    """Temporal's client is imported by the dispatcher and by the one entrypoint that connects it."""
    for file in tree.product:
        for node in file.nodes:
            module = _imports(node, _CLIENT_MODULES) or _client_by_its_full_name(node)
            if module and file.name not in CLIENT_FILES:
                yield file.at(
                    _line(node), f"reaches {module}: only {DISPATCHER} has a client; record a command instead"
                )
            if file.name not in CONNECTED_FILES and _imports(node, ("entrypoints.temporal",)):
                told = ", ".join(sorted(CONNECTED_FILES))
                yield file.at(
                    _line(node), f"asks for a connection to Temporal: only {told} have one; record a command instead"
                )


def _loaded_by_the_api(tree: Tree) -> list[SourceFile]:
    # Every handler, whether or not it is listed yet, and all that the process imports on its way there.
    by_name = {file.name: file for file in tree.product}
    waiting = [name for name in by_name if name == API or name.startswith("actions/")]
    found: dict[str, SourceFile] = {}
    while waiting:
        name = waiting.pop()
        if name in found or name not in by_name:
            continue
        found[name] = by_name[name]
        for node in ast.walk(by_name[name].syntax):
            for module in _imported(node):
                path = module.replace(".", "/")
                waiting += [f"{path}.py", f"{path}/__init__.py"]
    return list(found.values())


def _imported(node: ast.AST) -> list[str]:
    # `from a import b` may mean the module a.b, so both are told.
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        return [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return []


def _imports(node: ast.AST, roots: tuple[str, ...]) -> str | None:
    """The module at or below one of the roots that a statement imports; None if it imports none."""
    return next((module for module in _imported(node) if _is_below(module, roots)), None)


def _client_by_its_full_name(node: ast.AST) -> str | None:
    is_written_out = (
        isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "temporalio"
    )
    return ast.unparse(node) if is_written_out and ast.unparse(node) in _CLIENT_MODULES else None


def _named(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Attribute):
        return [node.attr]
    if isinstance(node, ast.Name):
        return [node.id]
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return [*(alias.name for alias in node.names), getattr(node, "module", None) or ""]
    return []


def _called(node: ast.AST) -> str:
    if not isinstance(node, ast.Call):
        return ""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def _is_activity_of_a_client(node: ast.AST) -> bool:
    # `workflow.execute_activity` is how a workflow acts; the client's method of that name needs no workflow.
    return (
        isinstance(node, ast.Attribute)
        and node.attr in {"start_activity", "execute_activity"}
        and not (isinstance(node.value, ast.Name) and node.value.id == "workflow")
    )


def _is_below(module: str, roots: tuple[str, ...]) -> bool:
    return any(module == root or module.startswith(f"{root}.") for root in roots)


def _line(node: ast.AST) -> int:
    return getattr(node, "lineno", 1)
