"""The services, each started once, and how tests reach them."""
import pytest

from channels import channel
from places import ENCODER, MODELS
from service import Service
from tiers import BACK_TIERS, EMBEDDING, LINES, PARSER, TIERS, ModelInputs

ARGUMENTS = {
    "parser": ["--models", MODELS],
    "embedding": ["--encoder", ENCODER, "--models", MODELS],
    "classifier": ["--models", MODELS],
}


@pytest.fixture(scope="session")
def start(tmp_path_factory):
    """Starts a service, which is stopped at the end and must then have ended well."""
    started = []

    def start(tier, *arguments, **options):
        log = tmp_path_factory.mktemp(tier) / "log"
        service = Service(tier, log, *ARGUMENTS.get(tier, []), *arguments, **options)
        started.append(service)
        return service

    yield start
    statuses = {service.tier: service.stop() for service in started}
    assert set(statuses.values()) <= {0}, f"services did not end with status 0: {statuses}"


@pytest.fixture(scope="session")
def back_tiers(start):
    """A parser, an embedding and a classifier, by name."""
    return {tier.name: start(tier.name) for tier in BACK_TIERS}


@pytest.fixture(scope="session")
def start_edge(start, back_tiers):
    """Starts an edge above the back tiers, or above those that its arguments name: of two, the last counts."""
    replicas = [part for name, service in back_tiers.items() for part in (f"--{name}", f"127.0.0.1:{service.port}")]

    def start_edge(*arguments):
        return start("edge", "--http-port", "0", "--https-port", "0", *replicas, *arguments)

    return start_edge


@pytest.fixture(scope="session")
def services(back_tiers, start_edge):
    """The three back tiers and an edge above them, by name."""
    return back_tiers | {"edge": start_edge()}


@pytest.fixture(scope="session")
def edge_port(services):
    """Of the edge's HTTP in the clear."""
    return services["edge"].http_port


@pytest.fixture(scope="session")
def channels(services):
    """A channel to each service with the client's certificate."""
    channels = {name: channel(service.port) for name, service in services.items()}
    yield channels
    for each in channels.values():
        each.close()


@pytest.fixture(params=TIERS, ids=lambda tier: tier.name)
def tier(request):
    return request.param


@pytest.fixture
def service(services, tier):
    return services[tier.name]


@pytest.fixture
def stub(channels, tier):
    return tier.make_stub(channels[tier.name])


@pytest.fixture(scope="session")
def inputs(channels):
    """Of the running parser and encoder, so that the classifier takes what we make up."""
    parsed = PARSER.make_stub(channels["parser"]).Parse(PARSER.make_request(LINES, None))
    embedded = EMBEDDING.make_stub(channels["embedding"]).Embed(EMBEDDING.make_request(LINES[:1], None))
    return ModelInputs(parsed.feature_schema, embedded.encoder_sha256)
