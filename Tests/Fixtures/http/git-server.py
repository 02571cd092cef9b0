#!/usr/bin/env python3
"""git-server.py FOLDER [HEADER]: serves the bare repositories of a folder over smart HTTP, by `git http-backend`.

With HEADER every request must carry it as Authorization. A file `mode` in the folder makes the server misbehave:
`hang` lets every request wait for ever, `hang-push` and `fail-push` only those of a push; `late-clock` lets the clock
be ten minutes slow. Prints its port when ready;
ends when it is told to, or after ten minutes.
"""
import http.server, os, subprocess, sys, threading, time

folder, header = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None


def mode():
    try:
        return open(os.path.join(folder, "mode")).read().strip()
    except OSError:
        return ""


class Handler(http.server.BaseHTTPRequestHandler):
    def body(self):
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        data = b""
        while size := int(self.rfile.readline().split(b";")[0], 16):
            data += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return data

    def do_GET(self):
        data, now, pushes = self.body(), mode(), "git-receive-pack" in self.path
        if now == "hang" or now == "hang-push" and pushes:
            time.sleep(3600)
        if now == "fail-push" and pushes:
            return self.connection.close()
        if header and self.headers.get("Authorization") != header:
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="git"')
            self.end_headers()
            return
        path, _, query = self.path.partition("?")
        variables = {
            "PATH": os.environ["PATH"], "HOME": folder, "GIT_PROJECT_ROOT": folder, "GIT_HTTP_EXPORT_ALL": "1",
            "GIT_CONFIG_NOSYSTEM": "1", "REQUEST_METHOD": self.command, "PATH_INFO": path, "QUERY_STRING": query,
            "CONTENT_TYPE": self.headers.get("Content-Type") or "", "CONTENT_LENGTH": str(len(data)),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding") or "", "REMOTE_USER": "ci",
            "GIT_PROTOCOL": self.headers.get("Git-Protocol") or "", "REMOTE_ADDR": "127.0.0.1",
        }
        answer = subprocess.run(["git", "http-backend"], input=data, env=variables, stdout=subprocess.PIPE).stdout
        head, _, rest = answer.partition(b"\r\n\r\n")
        fields = [line.split(": ", 1) for line in head.decode().split("\r\n") if ": " in line]
        status = next((value for name, value in fields if name == "Status"), "200 OK")
        self.send_response(int(status.split()[0]))
        for name, value in fields:
            if name != "Status":
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(rest)

    do_POST = do_GET

    def date_time_string(self, timestamp=None):
        return super().date_time_string((timestamp or time.time()) - (600 if mode() == "late-clock" else 0))

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_address[1], flush=True)
time.sleep(600)
