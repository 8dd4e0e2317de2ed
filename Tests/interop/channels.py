"""gRPC channels to our services, with any certificate or none."""
import grpc

from places import CERTIFICATES

MEBIBYTE = 1 << 20
OPTIONS = [
    ("grpc.max_receive_message_length", 64 * MEBIBYTE),
    ("grpc.max_send_message_length", 80 * MEBIBYTE),  # beyond what the services take, so that they have to refuse
    ("grpc.use_local_subchannel_pool", 1),  # no test inherits another's connection
]


def channel(port, name="client", directory=CERTIFICATES, authority=CERTIFICATES):
    """A channel to a service of this machine; `name` None shows no certificate."""
    key = (directory / f"{name}.key").read_bytes() if name else None
    chain = (directory / f"{name}.pem").read_bytes() if name else None
    credentials = grpc.ssl_channel_credentials((authority / "ca.pem").read_bytes(), key, chain)
    return grpc.secure_channel(f"localhost:{port}", credentials, OPTIONS)
