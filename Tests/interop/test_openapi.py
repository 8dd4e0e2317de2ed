"""The HTTP interface against its own description, by schemathesis: requests that fit it and requests that do not."""
import hypothesis
import pytest
import schemathesis
from schemathesis import GenerationMode

from places import ROOT

DESCRIPTION = schemathesis.openapi.from_path(ROOT / "services" / "edge" / "web" / "openapi.json")
OPERATIONS = [result.ok() for result in DESCRIPTION.get_all_operations()]
# Of an operation that takes nothing, nothing can be wrong.
CASES = [
    pytest.param(operation, mode, id=f"{operation.label} {mode.value}")
    for operation in OPERATIONS
    for mode in GenerationMode
    if mode is GenerationMode.POSITIVE or operation.body or operation.query
]


@pytest.fixture(scope="session")
def edge_url(services):
    return f"http://127.0.0.1:{services['edge'].logged('serving HTTP', within=30)['port']}"


@pytest.mark.parametrize(("operation", "mode"), CASES)
def test_every_answer_is_as_described(operation, mode, edge_url):
    @hypothesis.settings(max_examples=25, deadline=None, derandomize=True, database=None)
    @hypothesis.given(case=operation.as_strategy(generation_mode=mode))
    def check(case):
        case.call_and_validate(base_url=edge_url)

    check()
