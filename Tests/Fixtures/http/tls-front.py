#!/usr/bin/env python3
"""tls-front.py BACKEND-PORT PROTOCOL: takes TLS on a port of its own and hands the plain bytes to the backend.

Speaks exactly one application protocol (h2 or http/1.1) by ALPN, with a certificate for localhost made on the spot.
Prints one line, "PORT CERTIFICATE-FILE", when ready; ends when its standard input does.
"""
import os, socket, ssl, subprocess, sys, tempfile, threading

backend, protocol = int(sys.argv[1]), sys.argv[2]
folder = tempfile.TemporaryDirectory()
key, certificate = os.path.join(folder.name, "key.pem"), os.path.join(folder.name, "certificate.pem")
subprocess.run(
    ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
     "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate],
    check=True, capture_output=True)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(certificate, key)
context.set_alpn_protocols([protocol])
listener = socket.create_server(("127.0.0.1", 0))


def serve(plain):
    try:
        front = context.wrap_socket(plain, server_side=True)
    except OSError:
        return plain.close()
    back = socket.create_connection(("127.0.0.1", backend))
    front.settimeout(0.01)  # one thread for both directions: a TLS object must not be read and written at once
    back.setblocking(False)
    try:
        while True:
            try:
                data = front.recv(1 << 16)
                if not data:
                    break
                back.setblocking(True)
                back.sendall(data)
                back.setblocking(False)
            except (ssl.SSLWantReadError, TimeoutError):
                pass
            try:
                data = back.recv(1 << 16)
                if not data:
                    break
                front.settimeout(10)
                front.sendall(data)
                front.settimeout(0.01)
            except BlockingIOError:
                pass
    except OSError:
        pass
    back.close()
    front.close()


def accept():
    while True:
        threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()


threading.Thread(target=accept, daemon=True).start()
print(listener.getsockname()[1], certificate, flush=True)
sys.stdin.read()
