"""HTTP calls to our servers, as a caller with Python's standard library makes them."""
import http.client
import json


def call(port, method, path, body=None, *, key=None, accept="application/json", content_type=None, context=None):
    """The answer and its bytes; a body that is no text or bytes is sent as JSON.

    `key` is an API key, `context` the TLS context of HTTPS.
    """
    if context:
        connection = http.client.HTTPSConnection("localhost", port, timeout=60, context=context)
    else:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    if not isinstance(body, (str, bytes, type(None))):
        body, content_type = json.dumps(body), content_type or "application/json"
    headers = {"Accept": accept}
    if content_type:
        headers["Content-Type"] = content_type
    if key:
        headers["Authorization"] = f"Bearer {key}"
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return answer, answer.read()
    finally:
        connection.close()


def ask(port, method, path, body=None, **options):
    """The answer and what its JSON says."""
    answer, text = call(port, method, path, body, **options)
    return answer, json.loads(text)
